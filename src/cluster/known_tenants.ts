import type { JetStreamManager } from "@nats-io/jetstream";
import { tenantSchema } from "./lane.ts";
import { tenantNames } from "./names.ts";
import { isThere } from "./provision.ts";

/** Whether a tenant is on the server. Nothing is made by asking. */
export async function hasTenant(
  manager: JetStreamManager,
  prefix: string,
  tenant: string,
): Promise<boolean> {
  return await isThere(manager, tenantNames(prefix, tenant).deadStream);
}

/** The tenants that are on the server under a prefix, by name. */
export async function knownTenants(manager: JetStreamManager, prefix: string): Promise<string[]> {
  const { deadStream: start } = tenantNames(prefix, "");
  const tenants: string[] = [];
  for await (const name of manager.streams.names()) {
    const tenant = name.slice(start.length);
    if (name.startsWith(start) && tenantSchema.safeParse(tenant).success) tenants.push(tenant);
  }
  return tenants.sort();
}

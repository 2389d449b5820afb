import { JetStreamError, jetstreamManager } from "@nats-io/jetstream";
import { errors, type NatsConnection } from "@nats-io/transport-node";
import type { ClusterSettings } from "../../cluster/cluster_options.ts";
import { connectTo } from "../../cluster/connection.ts";
import { DeadLetterRetry } from "../../cluster/dead_letter_retry.ts";
import { DeadLetters } from "../../cluster/dead_letters.ts";
import { hasTenant, knownTenants } from "../../cluster/known_tenants.ts";
import { tenantNames } from "../../cluster/names.ts";
import { serverError } from "../../cluster/provision.ts";
import { openTenant } from "../../cluster/tenant.ts";
import { openTopology } from "../../cluster/topology.ts";
import { CupelError } from "../../errors.ts";

/** A tenant's dead letters, while there is a connection. */
export interface Session {
  tenant: string;
  letters: DeadLetters;
  /** What publishes batches again; the first that needs more of the cluster than its dead letters. */
  openRetry(): Promise<DeadLetterRetry>;
}

/**
 * Connects, does something with a tenant's dead letters, and closes the connection.
 *
 * @throws {CupelError} `bad-input` where the server cannot be used, or does not know the tenant.
 */
export async function withDeadLetters<T>(
  settings: ClusterSettings,
  tenant: string,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await connectTo({ ...settings, name: "cupel dlq" });
  try {
    return await body(await openSession(connection, settings, tenant));
  } catch (error) {
    throw isOfServer(error) ? serverError(error) : error;
  } finally {
    await connection.close();
  }
}

async function openSession(
  connection: NatsConnection,
  { servers, prefix, ackWaitMs }: ClusterSettings,
  tenant: string,
): Promise<Session> {
  const manager = await jetstreamManager(connection);
  if (!await hasTenant(manager, prefix, tenant)) {
    const known = await knownTenants(manager, prefix);
    const there = known.length === 0
      ? `there is none under the prefix ${prefix}`
      : `there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
    throw new CupelError(
      "bad-input",
      `Cannot use --tenant as tenant ${tenant} is not known at ${servers.join(", ")}: ${there}`,
    );
  }
  const letters = new DeadLetters(manager, tenantNames(prefix, tenant));
  const openRetry = async () => {
    const topology = await openTopology(connection, prefix, ackWaitMs);
    return new DeadLetterRetry(topology, await openTenant(topology, tenant), letters);
  };
  return { tenant, letters, openRetry };
}

/** Whether the server, or the way there, is at fault, and not we. */
function isOfServer(error: unknown): boolean {
  return error instanceof JetStreamError || error instanceof Error && (
        error.name === "JetStreamNotEnabled" ||
        Object.values(errors).some((one) => error instanceof one)
      );
}

import { Kvm } from "@nats-io/kv";
import { type LetterOrigin, runManifestSchema } from "./messages.ts";
import { tenantNames } from "./names.ts";
import { parseMessage } from "./parse_message.ts";
import { runId } from "./run_identity.ts";
import type { Topology } from "./topology.ts";

/**
 * What people know a run by, from its manifest. It is a help to who looks at a dead letter, and nothing that
 * giving a batch up may wait for or fail of: the server is asked once.
 *
 * @returns Nothing where there is no manifest that can be read.
 */
export async function letterOrigin(
  { client, names: { prefix } }: Pick<Topology, "client" | "names">,
  tenant: string,
  run: string,
): Promise<LetterOrigin | undefined> {
  try {
    const runs = await new Kvm(client).open(tenantNames(prefix, tenant).runs);
    const entry = await runs.get(run);
    if (entry?.operation !== "PUT") return undefined;
    const manifest = parseMessage(runManifestSchema, entry.value, "a run's manifest");
    // Another's, put in its place, is not this run.
    if (runId(tenant, manifest) !== run) return undefined;
    const { name, seed, artifacts: { task, baseline, candidate } } = manifest;
    return {
      name,
      seed,
      task: task.name,
      baseline: baseline.name,
      candidate: candidate.name,
    };
  } catch {
    return undefined;
  }
}

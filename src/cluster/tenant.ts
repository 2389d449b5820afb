import { AckPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import { type ObjectStore, Objm } from "@nats-io/obj";
import { consumerOf, type Lane, laneKey } from "./lane.ts";
import { ackWaitOf } from "./lane_ack_wait.ts";
import { type TenantNames, tenantNames } from "./names.ts";
import { NANOSECONDS_PER_MS } from "./nanoseconds.ts";
import { ensure, ensureStream, isMissing } from "./provision.ts";
import { openBucket, sharedRestorer, type Topology } from "./topology.ts";

const DAY_MS = 86_400_000;

/** Milliseconds within which the server takes a message of one id once. */
const DUPLICATES_MS = 120_000;

/** Milliseconds for which runs and artifacts are kept that nobody takes away. */
const KEPT_MS = 7 * DAY_MS;

/** What belongs to one tenant of a cluster, ready for use. */
export interface Tenant {
  names: TenantNames;
  runs: KV;
  artifacts: ObjectStore;
}

/** Opens a tenant's streams and buckets; what is not there yet is made. */
export async function openTenant(topology: Topology, tenant: string): Promise<Tenant> {
  const { client, manager } = topology;
  const names = tenantNames(topology.names.prefix, tenant);
  const [runs, artifacts] = await Promise.all([
    openBucket(client, manager, names.runs, KEPT_MS),
    openArtifacts(topology, names.artifacts),
    ensureStream(manager, {
      name: names.batchStream,
      subjects: [names.batches()],
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
      // No longer than the run that they are of.
      max_age: KEPT_MS * NANOSECONDS_PER_MS,
      duplicate_window: DUPLICATES_MS * NANOSECONDS_PER_MS,
    }),
    ensureStream(manager, {
      name: names.resultStream,
      subjects: [names.resultsAndParts()],
      storage: StorageType.File,
      max_age: DAY_MS * NANOSECONDS_PER_MS,
      duplicate_window: DUPLICATES_MS * NANOSECONDS_PER_MS,
    }),
    ensureStream(manager, {
      name: names.deadStream,
      subjects: [names.deads()],
      storage: StorageType.File,
      max_age: 30 * DAY_MS * NANOSECONDS_PER_MS,
    }),
  ]);
  return { names, runs, artifacts };
}

async function openArtifacts({ client, manager }: Topology, name: string): Promise<ObjectStore> {
  const stores = new Objm(client);
  const ttl = KEPT_MS * NANOSECONDS_PER_MS;
  await ensure(manager, `OBJ_${name}`, () => stores.create(name, { ttl }));
  return await stores.open(name, false);
}

/**
 * Makes the consumer through which batches of a lane are delivered, and tells nodes of the lane. One that is there stays
 * as it is: others work with it.
 *
 * @returns Milliseconds after which the lane delivers a batch again: those of who made it.
 */
export async function openLane(topology: Topology, tenant: Tenant, lane: Lane): Promise<number> {
  // Nodes ask the consumer of a lane that they hear of, so it is there before.
  const ackWaitMs = await openConsumer(topology, tenant, lane);
  await announce(topology, lane);
  return ackWaitMs;
}

/**
 * Gives what tells nodes of a lane once more, where its entry is gone, or all that is shared: see
 * {@linkcode sharedRestorer}.
 */
export function laneKeeper(topology: Topology, lane: Lane): () => Promise<void> {
  const restore = sharedRestorer(topology);
  return async () => {
    await restore();
    await announce(topology, lane).catch((error) => {
      if (!isMissing(error)) throw error; // Else somebody who may makes the bucket.
    });
  };
}

async function announce({ lanes }: Topology, lane: Lane): Promise<void> {
  const known = await lanes.get(laneKey(lane));
  if (known?.operation !== "PUT") await lanes.put(laneKey(lane), "");
}

async function openConsumer(topology: Topology, tenant: Tenant, lane: Lane): Promise<number> {
  const { manager: { consumers }, ackWaitMs } = topology;
  const { batchStream } = tenant.names;
  const find = () =>
    consumers.info(batchStream, consumerOf(lane)).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  const make = () =>
    consumers.add(batchStream, {
      durable_name: consumerOf(lane),
      filter_subject: tenant.names.batches(lane),
      ack_policy: AckPolicy.Explicit,
      ack_wait: ackWaitMs * NANOSECONDS_PER_MS,
      // Nodes count deliveries and give up: they know the run, and can tell it.
      max_deliver: -1,
      max_ack_pending: -1,
    }).catch(async (error: unknown) => {
      // Another controller was faster, and was told another time.
      const made = await find();
      if (made === undefined) throw error;
      return made;
    });
  return ackWaitOf(await find() ?? await make(), ackWaitMs);
}

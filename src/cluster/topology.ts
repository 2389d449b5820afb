import {
  AckPolicy,
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import { type ObjectStore, Objm } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { CupelError } from "../errors.ts";
import { type ClusterNames, clusterNames } from "./names.ts";

const NANOSECONDS_PER_MS = 1_000_000;
const DAY_MS = 86_400_000;

/** Milliseconds after which a node that says nothing is not there any more. */
export const NODE_TTL_MS = 15_000;

/** What a cluster is made of, ready for use. */
export interface Topology {
  names: ClusterNames;
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
  classes: KV;
  nodes: KV;
  runs: KV;
  artifacts: ObjectStore;
  /** Milliseconds after which a batch whose node says nothing is delivered again. */
  ackWaitMs: number;
}

/**
 * Opens a cluster's streams and buckets; what is not there yet is made.
 *
 * @throws {CupelError} `bad-input` where the server has no JetStream, or other streams under these names.
 */
export async function openTopology(
  connection: NatsConnection,
  prefix: string,
  ackWaitMs: number,
): Promise<Topology> {
  const names = clusterNames(prefix);
  try {
    const manager = await jetstreamManager(connection);
    const client = jetstream(connection);
    await manager.streams.add({
      name: names.batchStream,
      subjects: [names.batches()],
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
      duplicate_window: 120_000 * NANOSECONDS_PER_MS,
    });
    await manager.streams.add({
      name: names.resultStream,
      subjects: [names.results()],
      storage: StorageType.File,
      max_age: DAY_MS * NANOSECONDS_PER_MS,
      duplicate_window: 120_000 * NANOSECONDS_PER_MS,
    });
    await manager.streams.add({
      name: names.deadStream,
      subjects: [names.dead()],
      storage: StorageType.File,
      max_age: 30 * DAY_MS * NANOSECONDS_PER_MS,
    });
    const kvm = new Kvm(client);
    const classes = await kvm.create(names.classes, { history: 1 });
    const nodes = await kvm.create(names.nodes, { history: 1, ttl: NODE_TTL_MS });
    const runs = await kvm.create(names.runs, { history: 1, ttl: 7 * DAY_MS });
    const artifacts = await new Objm(client).create(names.artifacts, {
      ttl: 7 * DAY_MS * NANOSECONDS_PER_MS,
    });
    return { names, connection, client, manager, classes, nodes, runs, artifacts, ackWaitMs };
  } catch (cause) {
    throw new CupelError("bad-input", `Cannot use the NATS server: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "JetStreamNotEnabled") return "JetStream is not enabled on it (nats-server -js)";
  return error instanceof Error ? error.message : String(error);
}

/** Makes the consumer through which batches of a class are delivered, and tells nodes of the class. */
export async function openClass(topology: Topology, capabilityClass: string): Promise<void> {
  const { manager, names, classes, ackWaitMs } = topology;
  await manager.consumers.add(names.batchStream, {
    durable_name: capabilityClass,
    filter_subject: names.batches({ capabilityClass }),
    ack_policy: AckPolicy.Explicit,
    ack_wait: ackWaitMs * NANOSECONDS_PER_MS,
    // Nodes count deliveries and give up: they know the run, and can tell it.
    max_deliver: -1,
    max_ack_pending: -1,
  });
  if (await classes.get(capabilityClass) === null) await classes.put(capabilityClass, "");
}

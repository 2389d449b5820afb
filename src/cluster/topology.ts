import {
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { type ClusterNames, clusterNames } from "./names.ts";
import { ensure } from "./provision.ts";

/** Milliseconds after which a node that says nothing is not there any more. */
export const NODE_TTL_MS = 15_000;

/** What all of a cluster share, ready for use. */
export interface Topology {
  names: ClusterNames;
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
  /** Lanes that were ever used: see lane.ts. */
  lanes: KV;
  /** Nodes that live. */
  nodes: KV;
  /** Milliseconds after which a batch whose node says nothing is delivered again. */
  ackWaitMs: number;
}

/** Opens what all of a cluster share; what is not there yet is made. */
export async function openTopology(
  connection: NatsConnection,
  prefix: string,
  ackWaitMs: number,
): Promise<Topology> {
  const names = clusterNames(prefix);
  const manager = await jetstreamManager(connection);
  const client = jetstream(connection);
  const lanes = await openBucket(client, manager, names.lanes);
  const nodes = await openBucket(client, manager, names.nodes, NODE_TTL_MS);
  return { names, connection, client, manager, lanes, nodes, ackWaitMs };
}

/** Opens a bucket that keeps the last value of each key; makes it where it is not there. */
export async function openBucket(
  client: JetStreamClient,
  manager: JetStreamManager,
  name: string,
  ttlMs?: number,
): Promise<KV> {
  const kvm = new Kvm(client);
  const ttl = ttlMs === undefined ? {} : { ttl: ttlMs };
  await ensure(manager, `KV_${name}`, () => kvm.create(name, { history: 1, ...ttl }));
  return await kvm.open(name);
}

import {
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { type ClusterNames, clusterNames } from "./names.ts";
import { isThere, serverError } from "./provision.ts";

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

/**
 * Opens what all of a cluster share; what is not there yet is made.
 *
 * @throws {CupelError} `bad-input` where the server has no JetStream, no room, or does not let us.
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
    const [lanes, nodes] = await Promise.all([
      openBucket(client, manager, names.lanes),
      openBucket(client, manager, names.nodes, NODE_TTL_MS),
    ]);
    return { names, connection, client, manager, lanes, nodes, ackWaitMs };
  } catch (cause) {
    throw serverError(cause);
  }
}

/** Opens a bucket that keeps the last value of each key; makes it where it is not there. */
export async function openBucket(
  client: JetStreamClient,
  manager: JetStreamManager,
  name: string,
  ttlMs?: number,
): Promise<KV> {
  const kvm = new Kvm(client);
  // Only who makes a bucket needs leave to: see deploy/nats/.
  if (await isThere(manager, `KV_${name}`)) return await kvm.open(name);
  return await kvm.create(name, { history: 1, ...(ttlMs === undefined ? {} : { ttl: ttlMs }) });
}

import { setTimeout as sleep } from "node:timers/promises";
import {
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { type ClusterNames, clusterNames } from "./names.ts";
import { ensure, lacksLeaveToMake } from "./provision.ts";

/** Milliseconds after which a node that says nothing is not there any more. */
export const NODE_TTL_MS = 15_000;

/** Milliseconds after which somebody may have made what is not there yet. */
const LOOK_AGAIN_MS = 500;

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
 * @param onWaiting Hears for what is waited where it is not there and may not be made by us: the end of
 * "waiting for". Where it is left out, that is an error.
 */
export async function openTopology(
  connection: NatsConnection,
  prefix: string,
  ackWaitMs: number,
  onWaiting?: (reason: string) => void,
): Promise<Topology> {
  const names = clusterNames(prefix);
  const manager = await jetstreamManager(connection);
  const client = jetstream(connection);
  const [lanes, nodes] = await whenMade(
    prefix,
    onWaiting,
    () => openShared({ client, manager, names }),
  );
  return { names, connection, client, manager, lanes, nodes, ackWaitMs };
}

function openShared({ client, manager, names }: Pick<Topology, "client" | "manager" | "names">) {
  return Promise.all([
    openBucket(client, manager, names.lanes),
    openBucket(client, manager, names.nodes, NODE_TTL_MS),
  ]);
}

/**
 * Gives what makes again what all of a cluster share, where somebody deleted it or a server lost its disk.
 * Who may not make it leaves that to others, and does not ask again.
 */
export function sharedRestorer(topology: Topology): () => Promise<void> {
  let mayMake = true;
  return async () => {
    if (!mayMake) return;
    try {
      await openShared(topology);
    } catch (error) {
      if (!lacksLeaveToMake(error)) throw error;
      mayMake = false;
    }
  };
}

/** Waits for what only others may make: a node may be there before the first controller. */
async function whenMade<T>(
  prefix: string,
  onWaiting: ((reason: string) => void) | undefined,
  open: () => Promise<T>,
): Promise<T> {
  for (let isTold = false;; isTold = true) {
    try {
      return await open();
    } catch (error) {
      if (onWaiting === undefined || !lacksLeaveToMake(error)) throw error;
      if (!isTold) onWaiting(`a controller to make what the cluster ${prefix} keeps on the server`);
      await sleep(LOOK_AGAIN_MS);
    }
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
  const ttl = ttlMs === undefined ? {} : { ttl: ttlMs };
  await ensure(manager, `KV_${name}`, () => kvm.create(name, { history: 1, ...ttl }));
  return await kvm.open(name);
}

import type { ConsumerInfo } from "@nats-io/jetstream";
import { consumerOf, type Lane, parseLaneKey } from "../lane.ts";
import { type TenantNames, tenantNames } from "../names.ts";
import { livingNodes, type NodeEntry } from "../node_registry.ts";
import { isForbidden, isMissing } from "../provision.ts";
import type { Topology } from "../topology.ts";
import { MessageAges } from "./message_age.ts";

/** The batches of a tenant's lanes of one class. */
export interface QueueState {
  capabilityClass: string;
  /** Batches that no node has. */
  pending: number;
  /** Batches that a node has and did not acknowledge. */
  inFlight: number;
  /** Age of the oldest batch of either kind; 0 where there is none. */
  oldestSeconds: number;
}

/** What a cluster's server holds at a time. */
export interface ClusterState {
  /** A class is in it once for each tenant that uses it. */
  queues: QueueState[];
  /** Dead letters of all tenants. */
  deadLetters: number;
  /** Nothing where we may not see them. */
  nodes: NodeEntry[] | undefined;
}

/** Reads from the server what waits in a cluster. */
export class QueueReader {
  readonly #topology: Topology;
  readonly #ages = new MessageAges();

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  /**
   * Reads everything, with a few requests for each tenant.
   *
   * @param signal Aborting it keeps further requests from being made.
   * What these credentials do not let us see is left out: a tenant's own see that tenant's lanes alone.
   *
   * @throws Where the server does not answer.
   */
  async read(signal: AbortSignal): Promise<ClusterState> {
    const { names: { prefix }, nodes } = this.#topology;
    const lanesByTenant = Map.groupBy(await this.#lanes(), ({ tenant }) => tenant);
    const queues: QueueState[] = [];
    let deadLetters = 0;
    for (const [tenant, lanes] of lanesByTenant) {
      signal.throwIfAborted();
      const names = tenantNames(prefix, tenant);
      queues.push(...await this.#queuesOf(names, lanes));
      deadLetters += await this.#deadLettersOf(names);
    }
    signal.throwIfAborted();
    return { queues, deadLetters, nodes: await unlessHidden(livingNodes(nodes)) };
  }

  async #lanes(): Promise<Lane[]> {
    const lanes: Lane[] = [];
    for await (const key of await this.#topology.lanes.keys()) {
      const lane = parseLaneKey(key);
      if (lane !== undefined) lanes.push(lane);
    }
    return lanes;
  }

  async #queuesOf(names: TenantNames, lanes: readonly Lane[]): Promise<QueueState[]> {
    const byClass = Map.groupBy(lanes, ({ capabilityClass }) => capabilityClass);
    const { consumers } = this.#topology.manager;
    const queues = await Promise.all([...byClass].map(async ([capabilityClass, ofClass]) => {
      const infos = await Promise.all(
        ofClass.map((lane) => unlessHidden(consumers.info(names.batchStream, consumerOf(lane)))),
      );
      const found = infos.filter((info) => info !== undefined);
      return found.length === 0 ? [] : [await this.#queueOf(names, capabilityClass, found)];
    }));
    return queues.flat();
  }

  async #queueOf(
    names: TenantNames,
    capabilityClass: string,
    consumers: readonly ConsumerInfo[],
  ): Promise<QueueState> {
    const { streams } = this.#topology.manager;
    const sum = (what: "num_pending" | "num_ack_pending") =>
      consumers.reduce((total, info) => total + info[what], 0);
    const [pending, inFlight] = [sum("num_pending"), sum("num_ack_pending")];
    // The types of the library lack what every server since 2.9 can do: the first message of a subject.
    const query = { seq: 1, next_by_subj: names.batches({ capabilityClass }) };
    const message = pending + inFlight === 0
      ? null
      : await unlessHidden(streams.getMessage(names.batchStream, query));
    const first = message ? { seq: message.seq, storedAt: message.time } : undefined;
    const oldestSeconds = this.#ages.ageOf(
      `${names.tenant} ${capabilityClass}`,
      first,
      consumers.at(0)?.ts,
    );
    return { capabilityClass, pending, inFlight, oldestSeconds };
  }

  async #deadLettersOf({ deadStream }: TenantNames): Promise<number> {
    const info = await unlessHidden(this.#topology.manager.streams.info(deadStream));
    return info?.state.messages ?? 0;
  }
}

/**
 * Gives nothing where a stream or consumer is not there, as a lane is known before, and after, its tenant's are;
 * or where we may not see it.
 */
async function unlessHidden<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isForbidden(error) || isMissing(error)) return undefined;
    throw error;
  }
}

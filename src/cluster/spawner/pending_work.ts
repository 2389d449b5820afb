import { JetStreamApiError } from "@nats-io/jetstream";
import { consumerOf, type Lane, laneKey, parseLaneKey } from "../lane.ts";
import { tenantNames } from "../names.ts";
import { type NodeService, takes } from "../node_registry.ts";
import type { Topology } from "../topology.ts";

/** JetStream's codes for a consumer and a stream that are not there. */
const NOT_THERE = [10_014, 10_059];

/** Counts the batches of a cluster that nodes with certain capabilities would take. */
export class PendingWork {
  readonly #topology: Topology;
  readonly #service: NodeService;
  readonly #lanes = new Map<string, Lane>();
  #stop: () => void = () => {};

  private constructor(topology: Topology, service: NodeService) {
    this.#topology = topology;
    this.#service = service;
  }

  /** Begins to listen for lanes. */
  static async watch(topology: Topology, service: NodeService): Promise<PendingWork> {
    const pending = new PendingWork(topology, service);
    const keys = await topology.lanes.watch();
    pending.#stop = () => keys.stop();
    const reading = (async () => {
      for await (const { key, operation } of keys) pending.#note(key, operation === "PUT");
    })();
    // It ends with the connection, which whoever counts is told of.
    reading.catch(() => {});
    return pending;
  }

  /** Batches that wait or are in work now. @throws Where the server does not answer. */
  async count(): Promise<number> {
    const counts = await Promise.all([...this.#lanes.values()].map((lane) => this.#inLane(lane)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Listens no more. */
  close(): void {
    this.#stop();
  }

  #note(key: string, isThere: boolean): void {
    const lane = parseLaneKey(key);
    if (lane === undefined) return;
    if (isThere && takes(this.#service, lane)) this.#lanes.set(laneKey(lane), lane);
    else this.#lanes.delete(laneKey(lane));
  }

  async #inLane(lane: Lane): Promise<number> {
    const { manager, names } = this.#topology;
    const { batchStream } = tenantNames(names.prefix, lane.tenant);
    try {
      const info = await manager.consumers.info(batchStream, consumerOf(lane));
      return info.num_pending + info.num_ack_pending;
    } catch (error) {
      // Lanes outlive what was taken away by hand.
      if (error instanceof JetStreamApiError && NOT_THERE.includes(error.code)) return 0;
      throw error;
    }
  }
}

import type { KvWatchEntry } from "@nats-io/kv";
import { consumerOf, type Lane, laneKey, parseLaneKey } from "../lane.ts";
import { tenantNames } from "../names.ts";
import { type NodeService, takes } from "../node_registry.ts";
import { isMissing } from "../provision.ts";
import { lookMs, SteadyWatch } from "../steady_watch.ts";
import { sharedRestorer, type Topology } from "../topology.ts";

/** Counts the batches of a cluster that nodes with certain capabilities would take. */
export class PendingWork {
  readonly #topology: Topology;
  readonly #service: NodeService;
  readonly #lanes = new Map<string, Lane>();
  #watch: SteadyWatch | undefined;

  private constructor(topology: Topology, service: NodeService) {
    this.#topology = topology;
    this.#service = service;
  }

  /** Begins to listen for lanes. */
  static async watch(topology: Topology, service: NodeService): Promise<PendingWork> {
    const pending = new PendingWork(topology, service);
    pending.#watch = await SteadyWatch.start(topology.lanes, {
      onEntry: (entry) => pending.#note(entry),
      restore: sharedRestorer(topology),
      everyMs: lookMs(topology),
    });
    return pending;
  }

  /** Batches that wait or are in work now. @throws Where the server does not answer. */
  async count(): Promise<number> {
    const counts = await Promise.all([...this.#lanes.values()].map((lane) => this.#inLane(lane)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Listens no more. */
  close(): void {
    this.#watch?.close();
  }

  #note({ key, operation }: KvWatchEntry): void {
    const lane = parseLaneKey(key);
    if (lane === undefined) return;
    if (operation === "PUT" && takes(this.#service, lane)) this.#lanes.set(laneKey(lane), lane);
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
      if (isMissing(error)) return 0;
      throw error;
    }
  }
}

import { type Delivery, pullBatch } from "./delivery.ts";
import { consumerOf, type Lane, laneKey } from "./lane.ts";
import { ackWaitOf, sayOtherAckWait } from "./lane_ack_wait.ts";
import type { LaneBook } from "./lane_book.ts";
import { tenantNames } from "./names.ts";
import { isMissing, isSilence } from "./provision.ts";
import type { Topology } from "./topology.ts";

/** Asks lanes for batches. One that is not on the server any more must not be in the way of the others. */
export class LanePuller {
  readonly #topology: Topology;
  readonly #book: LaneBook;
  readonly #log: (line: string) => void;
  /** Milliseconds after which each lane delivers a batch again. */
  readonly #ackWaits = new Map<string, number>();

  constructor(topology: Topology, book: LaneBook, log: (line: string) => void) {
    this.#topology = topology;
    this.#book = book;
    this.#log = log;
  }

  /**
   * A batch of a lane; nothing where there is none.
   *
   * @throws {Error} where the server does not answer, or does not let us.
   */
  async pull(lane: Lane): Promise<Delivery | undefined> {
    const { batchStream } = tenantNames(this.#topology.names.prefix, lane.tenant);
    try {
      const known = this.#ackWaits.get(laneKey(lane));
      // Who asks a consumer that is not there waits for seconds: this is known at once.
      const isToLook = known === undefined || this.#book.wasGone(lane);
      const ackWaitMs = isToLook ? await this.#look(lane) : known;
      const consumer = consumerOf(lane);
      const delivery = await pullBatch(this.#topology, batchStream, consumer, ackWaitMs);
      if (delivery === undefined) this.#book.isEmpty(lane);
      return delivery;
    } catch (error) {
      if (!isMissing(error) && !(isSilence(error) && await this.#isGone(lane))) throw error;
      if (!this.#book.wasGone(lane)) {
        this.#log(`the lane ${laneKey(lane)} is not on the server any more: it is left alone`);
      }
      this.#book.isGone(lane);
      return undefined;
    }
  }

  async #isGone(lane: Lane): Promise<boolean> {
    try {
      await this.#look(lane);
      return false;
    } catch (error) {
      return isMissing(error);
    }
  }

  /**
   * Looks what the lane is like; people hear where it is not as this node was told.
   *
   * @returns Milliseconds after which it delivers a batch again.
   * @throws {JetStreamApiError} where it is not there.
   */
  async #look(lane: Lane): Promise<number> {
    const { manager, names: { prefix }, ackWaitMs: told } = this.#topology;
    const { batchStream } = tenantNames(prefix, lane.tenant);
    const found = ackWaitOf(await manager.consumers.info(batchStream, consumerOf(lane)), told);
    const key = laneKey(lane);
    const notice = sayOtherAckWait(lane, found, told);
    // Several slots may look at the same time.
    if (notice !== undefined && this.#ackWaits.get(key) !== found) this.#log(notice);
    this.#ackWaits.set(key, found);
    this.#book.isThere(lane);
    return found;
  }
}

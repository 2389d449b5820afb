import { type Delivery, pullBatch } from "./delivery.ts";
import { consumerOf, type Lane, laneKey } from "./lane.ts";
import type { LaneBook } from "./lane_book.ts";
import { tenantNames } from "./names.ts";
import { isMissing, isSilence } from "./provision.ts";
import type { Topology } from "./topology.ts";

/** Asks lanes for batches. One that is not on the server any more must not be in the way of the others. */
export class LanePuller {
  readonly #topology: Topology;
  readonly #book: LaneBook;
  readonly #log: (line: string) => void;

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
      // Who asks a consumer that is not there waits for seconds: this is known at once.
      if (this.#book.wasGone(lane)) await this.#look(lane);
      const delivery = await pullBatch(this.#topology, batchStream, consumerOf(lane));
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

  /** @throws {JetStreamApiError} where it is not there. */
  async #look(lane: Lane): Promise<void> {
    const { batchStream } = tenantNames(this.#topology.names.prefix, lane.tenant);
    await this.#topology.manager.consumers.info(batchStream, consumerOf(lane));
    this.#book.isThere(lane);
  }
}

import { JetStreamApiError, type StoredMsg } from "@nats-io/jetstream";
import { CupelError } from "../errors.ts";
import { messageId } from "./job_id.ts";
import { consumerOf, type Lane } from "./lane.ts";
import type { BatchMessage } from "./messages.ts";
import { isConsumerMissing } from "./provision.ts";
import { openLane, type Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** Messages that are removed at a time. */
const AT_A_TIME = 64;

/** Bytes that the headers of a message take at most. */
const HEADER_BYTES = 256;

/** JetStream's code for a message that cannot be removed, whatever the reason. */
const NOT_REMOVED = 10_057;

/** The run whose batches queue, and where. */
export interface BatchQueueParts {
  topology: Topology;
  tenant: Tenant;
  lane: Lane;
  run: string;
}

/**
 * The batches of one run in their lane.
 *
 * They are removed one by one, by their number. A purge with a filter makes all consumers of nats-server 2.9 pass
 * over what waits in their stream, also where it removes nothing: batches of other runs would lie there for ever.
 */
export class BatchQueue {
  readonly #parts: BatchQueueParts;

  constructor(parts: BatchQueueParts) {
    this.#parts = parts;
  }

  /**
   * Publishes a batch.
   *
   * @returns Its number in the stream.
   * @throws {CupelError} `bad-input` where it is longer than the server takes.
   */
  async publish(message: BatchMessage): Promise<number> {
    const { id, epoch } = message;
    const { topology: { client, connection } } = this.#parts;
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    const most = connection.info?.max_payload ?? Infinity;
    if (bytes.length + HEADER_BYTES > most) {
      const why = `it takes ${bytes.length} bytes, and the NATS server takes ${most} (max_payload)`;
      throw new CupelError("bad-input", `Cannot publish a job of the run as ${why}`);
    }
    const options = { msgID: messageId(id, epoch) };
    const { seq } = await client.publish(this.#subject(id), bytes, options);
    return seq;
  }

  /** The message of a batch that is there: it waits, is in work, or was passed over; the last one of several. */
  async find(id: string): Promise<StoredMsg | null> {
    const { topology: { manager } } = this.#parts;
    return await manager.streams.getMessage(this.#stream, { last_by_subj: this.#subject(id) });
  }

  /** Removes a message, if it is there. */
  async remove(seq: number): Promise<void> {
    const { topology: { manager } } = this.#parts;
    try {
      await manager.streams.deleteMessage(this.#stream, seq, false);
    } catch (error) {
      // The code says no more. What is still there will be done in vain, which costs a node's time only.
      if (error instanceof JetStreamApiError && error.code === NOT_REMOVED) return;
      throw error;
    }
  }

  /** Removes all messages of the run, whoever published them. */
  async clear(): Promise<void> {
    const { topology: { manager }, tenant: { names }, lane, run } = this.#parts;
    const subjects_filter = names.batches({ ...lane, run });
    const { state } = await manager.streams.info(this.#stream, { subjects_filter });
    const subjects = Object.keys(state.subjects ?? {});
    for (let at = 0; at < subjects.length; at += AT_A_TIME) {
      await Promise.all(subjects.slice(at, at + AT_A_TIME).map((one) => this.#clear(one)));
    }
  }

  /**
   * The number up to which the lane's consumer has nothing more to deliver: what is there with one that is not
   * greater was passed over. A consumer that is gone is made again.
   */
  async passed(): Promise<number> {
    const { topology, tenant, lane } = this.#parts;
    try {
      const info = await topology.manager.consumers.info(this.#stream, consumerOf(lane));
      const { ack_floor: floor, delivered, num_ack_pending: inWork } = info;
      return inWork === 0 ? Math.max(floor.stream_seq, delivered.stream_seq) : floor.stream_seq;
    } catch (error) {
      if (!isConsumerMissing(error)) throw error;
      await openLane(topology, tenant, lane);
      return 0;
    }
  }

  async #clear(subject: string): Promise<void> {
    const { topology: { manager } } = this.#parts;
    for (let last = Infinity;;) {
      const found = await manager.streams.getMessage(this.#stream, { last_by_subj: subject });
      // One that is found again could not be removed.
      if (found === null || found.seq >= last) return;
      await this.remove(found.seq);
      last = found.seq;
    }
  }

  get #stream(): string {
    return this.#parts.tenant.names.batchStream;
  }

  #subject(id: string): string {
    const { tenant: { names }, lane, run } = this.#parts;
    return names.batch(lane, run, id);
  }
}

/** The first message of a queue, as its stream has it. */
export interface FirstMessage {
  seq: number;
  /** When the server took it, by the server's clock. */
  storedAt: Date;
}

/**
 * How old the first messages of queues are. This host's clock is never compared with the server's: the
 * server says what time it is (`ts` of consumers, from 2.10 on), or, where it does not, an age counts from
 * when this process first saw that message as the first.
 */
export class MessageAges {
  readonly #now: () => number;
  /** By queue. */
  readonly #seen = new Map<string, { seq: number; at: number }>();

  /** @param now A clock that only goes forward, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The age of a queue's first message in seconds; 0 where it is empty.
   *
   * @param serverTime What time it is for the server, in ISO 8601, where it says so.
   */
  ageOf(queue: string, first: FirstMessage | undefined, serverTime: string | undefined): number {
    if (first === undefined) {
      this.#seen.delete(queue);
      return 0;
    }
    if (serverTime !== undefined) {
      this.#seen.delete(queue);
      return Math.max(0, Date.parse(serverTime) - first.storedAt.getTime()) / 1000;
    }
    const seen = this.#seen.get(queue);
    if (seen?.seq === first.seq) return (this.#now() - seen.at) / 1000;
    this.#seen.set(queue, { seq: first.seq, at: this.#now() });
    return 0;
  }
}

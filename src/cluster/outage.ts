/** Milliseconds after which it is said once more that nobody answers. */
const SAY_AGAIN_MS = 300_000;

/**
 * Says that a server does not answer when it begins, every five minutes, and when it is over: not for each of
 * the questions that come to nothing meanwhile.
 */
export class Outage {
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  #saidAt: number | undefined;
  #answeredAt = -Infinity;

  /** @param now The clock, in milliseconds. */
  constructor(say: (line: string) => void, now: () => number = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  /**
   * A question was not answered.
   *
   * @param line What to say where that is news.
   * @param askedAt When it was asked: what others were answered since then counts more.
   */
  silent(line: string, askedAt: number): void {
    if (askedAt < this.#answeredAt) return;
    if (this.#saidAt !== undefined && this.#now() - this.#saidAt < SAY_AGAIN_MS) return;
    this.#saidAt = this.#now();
    this.#say(line);
  }

  /** A question was answered. */
  answered(): void {
    this.#answeredAt = this.#now();
    if (this.#saidAt === undefined) return;
    this.#saidAt = undefined;
    this.#say("the NATS server answers again");
  }
}

/** What a run waits for that has not heard of the server for a while. */
export const SERVER_IS_AWAY = "the NATS server: it does not answer";

/** Milliseconds within which the same is not said again, whatever came between. */
const SAY_AGAIN_MS = 300_000;

/** Milliseconds for which a server that is back may not have told which nodes live: they say it every five seconds. */
const BACK_MS = 10_000;

/**
 * Chooses what is said of what a run waits for: each reason when it begins, and again after five minutes; and
 * that a server answers again, once.
 */
export class WaitingWord {
  readonly #now: () => number;
  readonly #saidAt = new Map<string, number>();
  #isAway = false;
  #backAt = -Infinity;

  /** @param now The clock, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Notes what a run waits for now; nothing where it goes on.
   *
   * @param isAway Whether the server does not answer, waited for or not.
   * @returns What is to be said, as the end of "waiting for".
   */
  note(reason: string | undefined, isAway: boolean): string | undefined {
    const now = this.#now();
    if (this.#isAway && !isAway) {
      this.#isAway = false;
      this.#backAt = now;
      this.#saidAt.clear();
      return "results: the NATS server answers again";
    }
    if (reason === undefined || now - this.#backAt < BACK_MS) return undefined;
    this.#isAway ||= reason === SERVER_IS_AWAY;
    if (now - (this.#saidAt.get(reason) ?? -Infinity) < SAY_AGAIN_MS) return undefined;
    this.#saidAt.set(reason, now);
    return reason;
  }
}

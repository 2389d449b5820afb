/** How long what fails is left alone. */
export interface BackoffTimes {
  /** Milliseconds after the first failure; twice as many after each further one. */
  firstMs: number;
  /** Most milliseconds. */
  mostMs: number;
  /** Milliseconds without a failure, from when there may be one again, after which all is forgotten. */
  quietMs: number;
}

/** Waits that grow while something fails again and again. */
export class Backoff {
  readonly #times: BackoffTimes;
  readonly #now: () => number;
  #failures = 0;
  #until = -Infinity;

  /** @param now The clock, in milliseconds. */
  constructor(times: BackoffTimes, now: () => number = () => performance.now()) {
    this.#times = times;
    this.#now = now;
  }

  /** Milliseconds to wait from now on; 0 where nothing failed. */
  get waitMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** Something failed. Several that fail together, before the wait is over, are one failure. */
  failed(): void {
    if (this.waitMs > 0) return;
    const { firstMs, mostMs, quietMs } = this.#times;
    const now = this.#now();
    if (now - this.#until > quietMs) this.#failures = 0;
    this.#until = now + Math.min(mostMs, firstMs * 2 ** this.#failures++);
  }
}

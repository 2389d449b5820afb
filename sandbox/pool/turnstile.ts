/** Lets a number of holders in at a time; the others wait in the order they came. */
export class Turnstile {
  #free: number;
  readonly #waiting: Set<() => void> = new Set();

  /** @param places How many may be inside at a time. */
  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place. Rejects with the signal's reason where it is aborted before there is one. */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.delete(admit);
        reject(signal.reason);
      };
      const admit = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(admit);
    });
  }

  /** Gives a place back: to who waits longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

/** Lets a number of things go on at a time; the others wait, the first come first. */
export class Flow {
  #width: number;
  #running = 0;
  readonly #waiting = new Set<() => void>();

  /** @param width How many at a time. */
  constructor(width: number) {
    this.#width = width;
  }

  /** Lets more, or fewer, go on at a time, from now on. */
  widen(width: number): void {
    this.#width = width;
    this.#admit();
  }

  /**
   * Waits for its turn.
   *
   * @returns What says that it is done; nothing where the signal is aborted first.
   */
  async enter(signal?: AbortSignal): Promise<(() => void) | undefined> {
    if (signal?.aborted) return undefined;
    if (this.#running < this.#width) this.#running++;
    else if (!await this.#wait(signal)) return undefined;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#running--;
      this.#admit();
    };
  }

  #wait(signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isAdmitted: boolean) => {
        this.#waiting.delete(admit);
        signal?.removeEventListener("abort", leave);
        resolve(isAdmitted);
      };
      const admit = () => end(true);
      const leave = () => end(false);
      this.#waiting.add(admit);
      signal?.addEventListener("abort", leave);
    });
  }

  #admit(): void {
    for (const admit of this.#waiting) {
      if (this.#running >= this.#width) return;
      this.#running++;
      admit();
    }
  }
}

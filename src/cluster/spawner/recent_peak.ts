/** Remembers the highest of the numbers of a while. */
export class RecentPeak {
  readonly #windowMs: number;
  readonly #now: () => number;
  #seen: { value: number; at: number }[] = [];

  /**
   * @param windowMs Milliseconds after which a number is forgotten.
   * @param now The clock, in milliseconds.
   */
  constructor(windowMs: number, now: () => number = () => performance.now()) {
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Notes a number. @returns The highest that is remembered, this one included. */
  note(value: number): number {
    const at = this.#now();
    // What is older and no higher can be the highest no more.
    this.#seen = this.#seen.filter((one) => at - one.at < this.#windowMs && one.value > value);
    this.#seen.push({ value, at });
    return this.#seen[0]?.value ?? value;
  }
}

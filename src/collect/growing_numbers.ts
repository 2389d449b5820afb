/** A list of numbers that grows, in a third of the memory of an array of boxed ones. */
export class GrowingNumbers {
  #values = new Float64Array(256);
  #length = 0;

  /** Appends a number. */
  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The numbers so far: a view, which the next `push` may outdate. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Numbers texts in the order in which they come first, from 0. */
export class Labels {
  readonly #numbers = new Map<string, number>();

  /** The text's number. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  /** The texts, by number. */
  list(): string[] {
    return [...this.#numbers.keys()];
  }
}

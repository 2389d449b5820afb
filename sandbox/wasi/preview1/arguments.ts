const encoder = new TextEncoder();

/** The guest's command-line arguments, as it gets them: in UTF-8, a zero byte behind each. */
export class ArgumentList {
  #items: readonly Uint8Array[] = [];
  #bytes = 0;

  /** Makes these the arguments. */
  set(args: readonly string[]): void {
    this.#items = args.map((text) => encoder.encode(`${text}\0`));
    this.#bytes = this.#items.reduce((sum, { length }) => sum + length, 0);
  }

  /** The arguments, each with its zero byte. */
  get items(): readonly Uint8Array[] {
    return this.#items;
  }

  /** Bytes of all of them. */
  get bytes(): number {
    return this.#bytes;
  }
}

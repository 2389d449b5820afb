const MOST_ITEMS = 256;
const MOST_MS = 10;

/** Collects small items so that they travel many to a message, yet never wait long. */
export class ItemBuffer<Item> {
  readonly #send: (items: readonly Item[]) => void;
  #items: Item[] = [];
  #sentAt = performance.now();

  constructor(send: (items: readonly Item[]) => void) {
    this.#send = send;
  }

  /** Takes an item; sends where enough have come together. */
  push(item: Item): void {
    this.#items.push(item);
    if (this.#items.length >= MOST_ITEMS) this.flush();
    else this.flushIfStale();
  }

  /** Sends what is kept where the last message is some milliseconds old. */
  flushIfStale(): void {
    if (this.#items.length > 0 && performance.now() - this.#sentAt >= MOST_MS) this.flush();
  }

  /** Sends what is kept. */
  flush(): void {
    const items = this.#items;
    this.#items = [];
    this.#sentAt = performance.now();
    if (items.length > 0) this.#send(items);
  }
}

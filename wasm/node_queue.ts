/** A node of a graph that waits for its turn. */
export interface QueuedNode {
  readonly priority: number;
  readonly node: number;
}

/** A binary heap (Williams 1964) of nodes: highest priority first, and of equal ones the lowest node. */
export class NodeQueue {
  readonly #heap: QueuedNode[] = [];

  /** Adds a node; it may be in the queue several times. */
  push(priority: number, node: number): void {
    const entry = { priority, node };
    let at = this.#heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || !goesFirst(entry, above)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = entry;
  }

  /** Takes the first node out; undefined where there is none. */
  pop(): QueuedNode | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const child = this.#firstChild(at);
      const below = this.#heap[child];
      if (below === undefined || !goesFirst(below, last)) break;
      this.#heap[at] = below;
      at = child;
    }
    this.#heap[at] = last;
    return first;
  }

  #firstChild(at: number): number {
    const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
    return left && right && goesFirst(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}

function goesFirst(a: QueuedNode, b: QueuedNode): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.node < b.node);
}

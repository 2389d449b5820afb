/** For a local: the offset at which the page of its present value is known to be marked. */
export type Marks = Map<number, number>;

/**
 * Which marks hold at a point of a function body.
 *
 * A mark made before a block is entered holds in it and after it, as long as the local keeps its value:
 * it dominates both. A mark made inside holds to the end of that block's arm only, except for a loop,
 * which is left through its end. Into a loop, whose header is also reached from below, a mark is carried
 * only if its local is never set again.
 */
export class MarkScopes {
  readonly #totals: ReadonlyMap<number, number>;
  readonly #soFar = new Map<number, number>();
  readonly #open: { outer: Marks; isLoop: boolean }[] = [];
  /** The marks that hold here. */
  marks: Marks = new Map();

  /** @param totals How often each local is set in the whole body. */
  constructor(totals: ReadonlyMap<number, number>) {
    this.#totals = totals;
  }

  /** The local gets another value. */
  assign(local: number): void {
    this.#soFar.set(local, (this.#soFar.get(local) ?? 0) + 1);
    this.marks.delete(local);
    for (const { outer } of this.#open) outer.delete(local);
  }

  /** A block begins. */
  open(isLoop: boolean): void {
    if (isLoop) this.#dropUnsettled();
    this.#open.push({ outer: new Map(this.marks), isLoop });
  }

  /** Another arm of the innermost block begins: `else` or a handler. */
  restart(): void {
    this.marks = new Map(this.#open.at(-1)?.outer);
  }

  /** The innermost block ends. */
  close(): void {
    const scope = this.#open.pop();
    if (scope && !scope.isLoop) this.marks = scope.outer;
  }

  #dropUnsettled(): void {
    for (const local of this.marks.keys()) {
      if (this.#soFar.get(local) !== this.#totals.get(local)) this.marks.delete(local);
    }
  }
}

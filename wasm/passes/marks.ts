interface Mark {
  offset: number;
  /** How often the local had been set when the mark was made. */
  version: number;
  /** Number of the mark or loop in order of appearance. */
  sequence: number;
}

interface Scope {
  isLoop: boolean;
  /** Marks made when the scope began. */
  made: number;
  /** Where the innermost loop around the scope began. */
  outerLoop: number;
}

/**
 * Which marks hold at a point of a function body: for a local, the offset at which the page of its present
 * value is known to be marked.
 *
 * A mark made before a block is entered holds in it and after it, as long as the local keeps its value:
 * it dominates both. A mark made inside holds to the end of that block's arm only, except for a loop,
 * which is left through its end. Into a loop, whose header is also reached from below, a mark is carried
 * only if its local is never set again.
 */
export class MarkScopes {
  readonly #totals: ReadonlyMap<number, number>;
  readonly #versions = new Map<number, number>();
  readonly #marks = new Map<number, Mark>();
  /** What each mark replaced, to be put back at the end of its scope. */
  readonly #replaced: { local: number; mark: Mark | undefined }[] = [];
  readonly #scopes: Scope[] = [];
  #sequence = 0;
  /** Where the innermost open loop began. */
  #loop = -1;

  /** @param totals How often each local is set in the whole body. */
  constructor(totals: ReadonlyMap<number, number>) {
    this.#totals = totals;
  }

  /** The offset whose page is marked for the local's present value, or undefined. */
  markedOffset(local: number): number | undefined {
    const mark = this.#marks.get(local);
    const version = this.#versions.get(local);
    if (mark === undefined || mark.version !== (version ?? 0)) return undefined;
    const isCarriedIntoLoop = mark.sequence < this.#loop;
    return isCarriedIntoLoop && version !== this.#totals.get(local) ? undefined : mark.offset;
  }

  /** The page at an offset from the local's present value is marked. */
  mark(local: number, offset: number): void {
    this.#replaced.push({ local, mark: this.#marks.get(local) });
    const version = this.#versions.get(local) ?? 0;
    this.#marks.set(local, { offset, version, sequence: this.#sequence++ });
  }

  /** The local gets another value. */
  assign(local: number): void {
    this.#versions.set(local, (this.#versions.get(local) ?? 0) + 1);
  }

  /** A block begins. */
  open(isLoop: boolean): void {
    this.#scopes.push({ isLoop, made: this.#replaced.length, outerLoop: this.#loop });
    if (isLoop) this.#loop = this.#sequence++;
  }

  /** Another arm of the innermost block begins: `else` or a handler. */
  restart(): void {
    this.#rollBack(this.#scopes.at(-1)?.made ?? 0);
  }

  /** The innermost block ends. */
  close(): void {
    const scope = this.#scopes.pop();
    if (scope === undefined) return;
    this.#loop = scope.outerLoop;
    if (!scope.isLoop) this.#rollBack(scope.made);
  }

  #rollBack(made: number): void {
    while (this.#replaced.length > made) {
      const last = this.#replaced.pop();
      if (last?.mark) this.#marks.set(last.local, last.mark);
      else if (last) this.#marks.delete(last.local);
    }
  }
}

import { malformed } from "../errors.ts";
import type { AnySort } from "./definitions.ts";

/** How many items each index space of a component, or of a component or instance type, holds so far. */
export class Spaces {
  readonly parent: Spaces | null;
  /** How many scopes enclose this one. */
  readonly depth: number;
  readonly #counts = new Map<AnySort, number>();
  readonly #imports = new Set<string>();
  readonly #exports = new Set<string>();

  constructor(parent: Spaces | null) {
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
  }

  /** Another item. */
  add(sort: AnySort): void {
    this.#counts.set(sort, this.count(sort) + 1);
  }

  /** Items so far. */
  count(sort: AnySort): number {
    return this.#counts.get(sort) ?? 0;
  }

  /** Gives the index back if there is such an item. */
  check(sort: AnySort, index: number, offset: number): number {
    if (index >= this.count(sort)) throw malformed(`${sort} ${index} is not defined`, offset);
    return index;
  }

  /** The scope that lies `count` scopes outside of this one; 0 is this one. */
  outer(count: number, offset: number): Spaces {
    if (count > this.depth) throw malformed(`there are no ${count} enclosing components`, offset);
    return count === 0 || this.parent === null ? this : this.parent.outer(count - 1, offset);
  }

  /** Names of imports, and names of exports, differ by more than case. */
  takeName(direction: "import" | "export", name: string, offset: number): void {
    const names = direction === "import" ? this.#imports : this.#exports;
    const key = name.toLowerCase();
    if (names.has(key)) throw malformed(`the ${direction} "${name}" stands twice`, offset);
    names.add(key);
  }
}

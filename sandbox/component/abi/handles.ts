import { ComponentTrap } from "../errors.ts";
import type { Store } from "../store.ts";
import type { ResourceType } from "../types.ts";

/** Most handles of a component instance at a time: more than any honest one needs. */
export const MOST_HANDLES = 10_000;

/** One call into a component instance: it ends only when the borrows that it was given are dropped. */
export interface BorrowScope {
  borrows: number;
}

/** What an index in the table of a component instance stands for. */
export interface HandleEntry {
  readonly resource: ResourceType;
  readonly representation: number | object;
  /** The call that a borrowed handle was given for; null for an owned one. */
  readonly scope: BorrowScope | null;
  /** Calls to which the handle is lent right now: as long as there are some it cannot be dropped or given. */
  lends: number;
}

/**
 * The handles of a component instance (CanonicalABI.md, "Table State"): indices from 1, the one that was
 * freed last is used next.
 */
export class HandleTable {
  readonly #store: Store;
  readonly #changing: () => void;
  #entries: (HandleEntry | null)[] = [null];
  #free: number[] = [];
  #captured: { entries: (HandleEntry | null)[]; free: number[] } = { entries: [null], free: [] };
  #changed = false;

  /** @param changing is told before the table changes. */
  constructor(store: Store, changing: () => void) {
    this.#store = store;
    this.#changing = changing;
  }

  /** A new handle. Ends the run where there are too many. */
  add(
    resource: ResourceType,
    representation: number | object,
    scope: BorrowScope | null = null,
  ): number {
    this.#change();
    const entry = { resource, representation, scope, lends: 0 };
    const free = this.#free.pop();
    if (free !== undefined) {
      this.#entries[free] = entry;
      return free;
    }
    if (this.#entries.length > MOST_HANDLES) this.#store.stopForMemory();
    return this.#entries.push(entry) - 1;
  }

  /** The handle at an index, which must be of a type. */
  get(index: number, resource: ResourceType): HandleEntry {
    const entry = this.#entries[index];
    if (entry === undefined || entry === null) {
      throw new ComponentTrap(`uses the handle ${index}, which does not exist`);
    }
    if (entry.resource !== resource) {
      throw new ComponentTrap(
        `uses the handle ${index} as a ${resource.name}, which is a ${entry.resource.name}`,
      );
    }
    return entry;
  }

  /** Takes a handle out, which must be of a type and not lent. */
  remove(index: number, resource: ResourceType): HandleEntry {
    const entry = this.get(index, resource);
    if (entry.lends > 0) throw new ComponentTrap(`gives up the handle ${index} while it is lent`);
    this.#change();
    this.#entries[index] = null;
    this.#free.push(index);
    return entry;
  }

  /** Lends a handle, or takes it back. */
  lend(entry: HandleEntry, by: 1 | -1): void {
    this.#change();
    entry.lends += by;
  }

  #change(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#changing();
  }

  /** Remembers the present handles. Nothing may be running. */
  capture(): void {
    this.#captured = { entries: this.#entries.map(copyOf), free: [...this.#free] };
    this.#changed = false;
  }

  /** Goes back to the captured handles. */
  reset(): void {
    if (!this.#changed) return;
    this.#entries = this.#captured.entries.map(copyOf);
    this.#free = [...this.#captured.free];
    this.#changed = false;
  }
}

function copyOf(entry: HandleEntry | null): HandleEntry | null {
  return entry === null ? null : { ...entry };
}

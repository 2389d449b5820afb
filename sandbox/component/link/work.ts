import { ComponentLoadError } from "../errors.ts";

/** Steps that looking at one component may take: a small file can otherwise ask for endless ones. */
const MOST_STEPS = 1_000_000;

/** Most component instances of one component. */
const MOST_INSTANCES = 1000;

/** How deep instances and instance types may lead into one another. */
const MOST_DEPTH = 100;

/** Bounds what linking a component takes of the host, whatever its size. */
export class Work {
  #steps = 0;
  #instances = 0;
  #coreInstances = 0;
  #depth = 0;

  /** Instances of core modules so far. */
  get coreInstances(): number {
    return this.#coreInstances;
  }

  /** Takes steps: a definition, a node of a type, an export that is compared. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps > MOST_STEPS) throw new ComponentLoadError(["takes too many steps to link"]);
  }

  /** Takes another component instance. */
  instance(): void {
    this.#instances++;
    if (this.#instances > MOST_INSTANCES) {
      throw new ComponentLoadError([`has more than ${MOST_INSTANCES} instances of components`]);
    }
  }

  /** Takes another instance of a core module. */
  coreInstance(): void {
    this.#coreInstances++;
  }

  /** Runs what leads one level deeper. */
  deeper<T>(body: () => T): T {
    if (this.#depth >= MOST_DEPTH) {
      throw new ComponentLoadError([`nests instances more than ${MOST_DEPTH} deep`]);
    }
    this.#depth++;
    try {
      return body();
    } finally {
      this.#depth--;
    }
  }
}

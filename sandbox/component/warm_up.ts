import type { MeteredGroup, Stop } from "../../wasm/mod.ts";
import type { LoadedComponent } from "./loaded.ts";

/** What toolchains call the allocator that the canonical ABI uses. */
const REALLOC = "cabi_realloc";

/** Bytes that an allocator is given to keep. */
const WARM_BYTES = 1024 * 1024;

/** Bytes of an allocation that any call may make. */
const PROBE_BYTES = 4096;

const ALIGNMENT = 8;

/** Fuel that an allocator has for this: it is asked three times. */
const BUDGET = { fuel: 10_000_000, stackBytes: 64 * 1024 };

/** What is warmed up. */
interface Warmed {
  readonly group: MeteredGroup;
  readonly component: LoadedComponent;
}

type Realloc = (old: number, oldBytes: number, alignment: number, bytes: number) => number;

/**
 * Allocators of core modules, warmed up.
 *
 * Some allocators (that of Rust is one) ask for memory when they are first used. A memory that has grown
 * cannot be put back, so every call would cost a new instance. A warm allocator has asked before the image is
 * taken: it allocated a megabyte and gave all but a few bytes of it back. Whether that helps is tried when the
 * component is loaded, so that what is done depends on the component alone.
 */
export class WarmUp {
  readonly #reallocs: Realloc[] = [];

  /** Takes note of a core module's exports. */
  note(exports: WebAssembly.Exports): void {
    const realloc = exports[REALLOC];
    if (typeof realloc === "function") this.#reallocs.push(realloc as Realloc);
  }

  /** Whether there is no allocator. */
  get isEmpty(): boolean {
    return this.#reallocs.length === 0;
  }

  /** Whether an allocation makes a memory grow. It spoils the group. */
  growsWhenUsed(warmed: Warmed): boolean {
    const before = totalBytes(warmed.group);
    this.#forEach(warmed, (realloc) => realloc(0, 0, ALIGNMENT, PROBE_BYTES));
    return totalBytes(warmed.group) !== before;
  }

  /** Warms the allocators up. @returns Why that was stopped, which spoils the group; nothing where it was not. */
  run(warmed: Warmed): Stop | undefined {
    return this.#forEach(warmed, (realloc) => {
      const at = realloc(0, 0, ALIGNMENT, WARM_BYTES);
      realloc(at, WARM_BYTES, ALIGNMENT, ALIGNMENT);
    });
  }

  #forEach({ group, component }: Warmed, use: (realloc: Realloc) => void): Stop | undefined {
    for (const realloc of this.#reallocs) {
      const result = group.run(BUDGET, () => component.seclude(() => use(realloc)));
      if (!result.ok) return result.stop;
    }
    return undefined;
  }
}

function totalBytes(group: MeteredGroup): number {
  return group.memories().reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

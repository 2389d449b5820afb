import { globalExport } from "./control_exports.ts";
import { counterExport, SHARED_GLOBALS } from "./layout.ts";

/** The globals of what a group counts, by name. */
export type Counters = Record<(typeof SHARED_GLOBALS)[number]["name"], WebAssembly.Global>;

/** Counters of a group's own. @param initial Those that do not begin at 0. */
export function newCounters(initial: Partial<Record<keyof Counters, number>>): Counters {
  return countersBy((name, type) => {
    const value = initial[name] ?? 0;
    return new WebAssembly.Global(
      { value: type, mutable: true },
      type === "i64" ? BigInt(value) : value,
    );
  });
}

/** The counters that a module keeps itself, which go on from where others stand. */
export function countersOf(exports: WebAssembly.Exports, before: Counters): Counters {
  return countersBy((name) => {
    const counter = globalExport(exports, counterExport(name));
    counter.value = before[name].value;
    return counter;
  });
}

function countersBy(
  make: (name: keyof Counters, type: "i32" | "i64") => WebAssembly.Global,
): Counters {
  return Object.fromEntries(
    SHARED_GLOBALS.map(({ name, type }) => [name, make(name, type)]),
  ) as Counters;
}

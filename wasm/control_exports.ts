import { NAMES } from "./layout.ts";

/** Functions that the meter added to a guest. */
export interface ControlFunctions {
  begin: (...values: number[]) => number;
  left: () => number;
  reason: () => number;
  save: () => number;
  restore: () => number;
  changes: () => number;
}

/**
 * Finds the functions that the meter added.
 *
 * @throws TypeError for a module not made by `meter`.
 */
export function controlExports(exports: WebAssembly.Exports): ControlFunctions {
  return {
    begin: functionExport(exports, NAMES.begin),
    left: functionExport(exports, NAMES.left),
    reason: functionExport(exports, NAMES.reason),
    save: functionExport(exports, NAMES.save),
    restore: functionExport(exports, NAMES.restore),
    changes: functionExport(exports, NAMES.changes),
  };
}

function missing(name: string): TypeError {
  return new TypeError(`Cannot use the module as a metered one: it has no export "${name}"`);
}

/** An exported global. @throws TypeError where there is none of that name. */
export function globalExport(exports: WebAssembly.Exports, name: string): WebAssembly.Global {
  const value = exports[name];
  if (value instanceof WebAssembly.Global) return value;
  throw missing(name);
}

/** An exported memory. @throws TypeError where there is none of that name. */
export function memoryExport(exports: WebAssembly.Exports, name: string): WebAssembly.Memory {
  const value = exports[name];
  if (value instanceof WebAssembly.Memory) return value;
  throw missing(name);
}

/** An exported table. @throws TypeError where there is none of that name. */
export function tableExport(exports: WebAssembly.Exports, name: string): WebAssembly.Table {
  const value = exports[name];
  if (value instanceof WebAssembly.Table) return value;
  throw missing(name);
}

/** An exported function. @throws TypeError where there is none of that name. */
export function functionExport(
  exports: WebAssembly.Exports,
  name: string,
): (...values: number[]) => number {
  const value = exports[name];
  if (typeof value !== "function") throw missing(name);
  return value as (...values: number[]) => number;
}

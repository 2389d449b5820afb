import type { Budget, MeterOptions } from "../../../wasm/mod.ts";
import { meter, MeteredInstance } from "../../../wasm/mod.ts";
import { GLOBALS, MEMORY_SIZE } from "./environment.ts";
import type { Program } from "./program.ts";

/** More than any test program takes. */
export const AMPLE: Readonly<Budget> = { fuel: 2 ** 50, stackBytes: 200_000 };

/** What a call gave, in a form that can be compared. */
export interface Observed {
  outcome: unknown;
  /** What the guest told its imports. */
  log: unknown[];
}

/** A guest of random code with what it imports. */
export interface Guest {
  exports: WebAssembly.Exports;
  log: unknown[];
}

/** Imports for a random program: they write down what they are given. */
function imports(log: unknown[]): WebAssembly.Imports {
  return {
    env: {
      log0: (value: number) => {
        log.push(value);
        return value + 1;
      },
      log1: (value: number) => {
        log.push(value);
        return Number.isNaN(value) ? 0 : value;
      },
      memory: new WebAssembly.Memory({
        initial: MEMORY_SIZE.minimum,
        maximum: MEMORY_SIZE.maximum,
      }),
    },
  };
}

/** An instance of the program as it is. */
export function originalGuest(program: Program): Guest {
  const log: unknown[] = [];
  const module = new WebAssembly.Module(program.bytes);
  return { exports: new WebAssembly.Instance(module, imports(log)).exports, log };
}

/** A metered instance of the program. */
export function meteredGuest(
  program: Program,
  options: MeterOptions = {},
): Guest & { metered: MeteredInstance } {
  const log: unknown[] = [];
  const { bytes, layout } = meter(program.bytes, options);
  const module = new WebAssembly.Module(bytes);
  const metered = MeteredInstance.create(module, layout, imports(log));
  return { exports: metered.exports, log, metered };
}

/** Calls an export; throws what the guest throws. */
export function callExport(
  exports: WebAssembly.Exports,
  name: string,
  args: unknown[] = [],
): unknown {
  const target = exports[name];
  if (typeof target !== "function") throw new TypeError(`Cannot call "${name}": it is no function`);
  return target(...args);
}

/** Arguments for parameters given as letters, or undefined where JavaScript can make none. */
export function argumentsFor(params: string, seed: number): unknown[] | undefined {
  const values: Record<string, unknown> = {
    i: [0, 4090, 65530, -1, 131000][seed % 5],
    I: [0n, -1n, 1n << 40n][seed % 3],
    f: [0, 1.5, -Infinity][seed % 3],
    F: [0, 2.5, 1e300][seed % 3],
    r: null,
    x: ["host", null, 7][seed % 3],
  };
  if ([...params].some((letter) => !(letter in values))) return undefined;
  return [...params].map((letter) => values[letter]);
}

/** What a thrown value tells: the kind of trap as the engine names it, or that it was an exception. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof WebAssembly.RuntimeError) {
    // JavaScriptCore also says which JavaScript made the call.
    return `trap: ${thrown.message.replace(/ \(evaluating .*/s, "")}`;
  }
  return `thrown: ${Object.prototype.toString.call(thrown)}`;
}

/** The bytes of the exported memory. */
export function memoryOf({ exports }: Guest): Uint8Array {
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("Cannot read the memory");
  return new Uint8Array(memory.buffer);
}

/** Values of globals and elements of tables; functions by their name, which is their index. */
export function stateOf({ exports }: Guest): unknown[] {
  const globals = [...GLOBALS].map((type, index) => {
    const global = exports[`global${index}`];
    if (type === "v" || !(global instanceof WebAssembly.Global)) return type;
    return plain(global.value);
  });
  return [...globals, ...tableElements(exports.table0), ...tableElements(exports.table1)];
}

function tableElements(table: WebAssembly.ExportValue | undefined): unknown[] {
  if (!(table instanceof WebAssembly.Table)) throw new TypeError("Cannot read a table");
  return Array.from({ length: table.length }, (_, index) => plain(table.get(index)));
}

/** A value in which functions are named, as two instances have different ones. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "function" ? `function ${value.name}` : value;
}

import { expect } from "vitest";
import { load } from "../sandbox/component/support/wat.ts";

/** The right components of examples/components. */
export const COMPONENTS = ["top-k-assemblyscript", "top-k-c", "top-k-rust"];

/** Arguments of the function, and the right answer. */
export const CASES: readonly { values: number[]; k: number; top: number[] }[] = [
  { values: [], k: 0, top: [] },
  { values: [], k: 3, top: [] },
  { values: [7], k: 0, top: [] },
  { values: [3, 1, 2], k: 2, top: [3, 2] },
  { values: [0, 0], k: 2, top: [0, 0] },
  { values: [-5, 4, -5, 4, 9], k: 4, top: [9, 4, 4, -5] },
  { values: [2 ** 31 - 1, -(2 ** 31), 0], k: 9, top: [2 ** 31 - 1, 0, -(2 ** 31)] },
  {
    values: Array.from({ length: 2000 }, (_, at) => at * 7919 % 2003),
    k: 3,
    top: [2002, 2001, 2000],
  },
];

/** Calls a component's `top-k` with every case, one after another in one instance. */
export function expectTopK(component: Uint8Array): void {
  const loaded = load(new Uint8Array(component));
  for (const { values, k, top } of CASES) {
    expect([...(loaded.call("top-k", values, k) as Iterable<number>)]).toEqual(top);
  }
}

/** Runs a WASI preview 1 command that is `topK` with every case, each in a fresh instance. */
export function expectWasiTopK(command: Uint8Array): void {
  const module = new WebAssembly.Module(new Uint8Array(command));
  for (const { values, k, top } of CASES) {
    const { code, stdout } = runCommand(module, "topK", JSON.stringify([values, k]));
    expect({ code, stdout }).toEqual({ code: 0, stdout: JSON.stringify(top) });
  }
}

class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** How a command ended and what it wrote. */
export interface EndedCommand {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a WASI preview 1 command with no more of the system than arguments and standard streams. */
export function runCommand(module: WebAssembly.Module, name: string, stdin: string): EndedCommand {
  const input = new TextEncoder().encode(stdin);
  const ended: EndedCommand = { code: 0, stdout: "", stderr: "" };
  let read = 0;
  let memory = new WebAssembly.Memory({ initial: 0 });
  const words = () => new DataView(memory.buffer);
  /** The one piece of memory that is read into or written from. */
  const piece = (at: number) =>
    new Uint8Array(memory.buffer, words().getUint32(at, true), words().getUint32(at + 4, true));
  const imports = {
    args_sizes_get(count: number, bytes: number): number {
      words().setUint32(count, 1, true);
      words().setUint32(bytes, name.length + 1, true);
      return 0;
    },
    args_get(addresses: number, bytes: number): number {
      words().setUint32(addresses, bytes, true);
      new Uint8Array(memory.buffer).set(new TextEncoder().encode(`${name}\0`), bytes);
      return 0;
    },
    fd_read(_file: number, pieces: number, _count: number, done: number): number {
      const { length } = piece(pieces);
      // A few bytes at a time, as a pipe would give them.
      const some = input.subarray(read, read + Math.min(length, 1000));
      piece(pieces).set(some);
      read += some.length;
      words().setUint32(done, some.length, true);
      return 0;
    },
    fd_write(file: number, pieces: number, _count: number, done: number): number {
      const text = new TextDecoder().decode(piece(pieces));
      ended[file === 1 ? "stdout" : "stderr"] += text;
      words().setUint32(done, text.length, true);
      return 0;
    },
    proc_exit(code: number): void {
      throw new Exit(code);
    },
  };
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
  if (exports["memory"] instanceof WebAssembly.Memory) memory = exports["memory"];
  try {
    (exports["_start"] as () => void)();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    ended.code = error.code;
  }
  return ended;
}

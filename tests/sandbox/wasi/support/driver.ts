import type { GuestIsolate } from "../../../../sandbox/guest_isolate.ts";
import type { Outcome } from "../../../../sandbox/outcome.ts";
import type { Value } from "../../../../sandbox/values/value.ts";
import { type FunctionName, SIGNATURES } from "../../../../sandbox/wasi/preview1/signatures.ts";
import { coreIsolate, type GuestOptions, valueOf } from "./guest.ts";

const TYPES: Readonly<Record<string, string>> = { i: "i32", I: "i64" };

function typeText(letters: string): string {
  const [params = "", results = ""] = letters.split(":");
  const list = (word: string, part: string) =>
    part === "" ? "" : ` (${word} ${[...part].map((letter) => TYPES[letter]).join(" ")})`;
  return list("param", params) + list("result", results);
}

/** A module that imports all of WASI preview 1 and exports it again, with what else is given. */
export function driverModule(more = "", pages = 1): string {
  const imports = Object.entries(SIGNATURES).map(([name, type]) =>
    `(import "wasi_snapshot_preview1" "${name}" (func $${name}${typeText(type)}))`
  );
  const exports = Object.keys(SIGNATURES).map((name) => `(export "${name}" (func $${name}))`);
  return `(module ${imports.join("\n")} (memory (export "memory") ${pages})
    ${exports.join("\n")} ${more})`;
}

/** Calls the functions of WASI one after the other, as a guest would that keeps its state. */
export class Driver {
  readonly isolate: GuestIsolate;
  readonly memory: WebAssembly.Memory;

  constructor(options: GuestOptions = {}, more = "") {
    this.isolate = coreIsolate(driverModule(more), { stateful: true, ...options });
    const [memory] = this.isolate.memories();
    if (memory === undefined) throw new Error("there is no memory");
    this.memory = memory;
  }

  /** How a call ends. */
  outcome(name: FunctionName, ...args: Value[]): Outcome {
    return this.isolate.call(name, args);
  }

  /** The error number that a function gives. */
  call(name: FunctionName, ...args: Value[]): number {
    return Number(valueOf(this.outcome(name, ...args)));
  }

  /** Puts bytes or text into the memory; gives their number. */
  put(address: number, content: string | Uint8Array): number {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    new Uint8Array(this.memory.buffer).set(bytes, address);
    return bytes.length;
  }

  /** Puts a list of buffers into the memory. */
  vectors(address: number, ...list: [address: number, length: number][]): void {
    list.forEach(([start, length], index) => {
      this.view.setUint32(address + index * 8, start, true);
      this.view.setUint32(address + index * 8 + 4, length, true);
    });
  }

  /** The memory. */
  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  /** A number of 32 bits. */
  u32(address: number): number {
    return this.view.getUint32(address, true);
  }

  /** A number of 64 bits. */
  u64(address: number): bigint {
    return this.view.getBigUint64(address, true);
  }

  /** Text. */
  text(address: number, length: number): string {
    return new TextDecoder().decode(
      new Uint8Array(this.memory.buffer).slice(address, address + length),
    );
  }

  /** Opens a file through a directory; gives its number, or the error number as a negative one. */
  open(path: string, { rights = -1n & ~64n, how = 0, directory = 3 } = {}): number {
    const length = this.put(60_000, path);
    const bits = BigInt.asUintN(30, rights);
    const errno = this.call("path_open", directory, 0, 60_000, length, how, bits, bits, 0, 59_996);
    return errno === 0 ? this.u32(59_996) : -errno;
  }

  /** Reads from a number; gives text, or the error number. */
  read(number: number, length: number): string | number {
    this.vectors(58_000, [50_000, length]);
    const errno = this.call("fd_read", number, 58_000, 1, 58_100);
    return errno === 0 ? this.text(50_000, this.u32(58_100)) : errno;
  }
}

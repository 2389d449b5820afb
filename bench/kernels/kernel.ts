import { readFileSync } from "node:fs";
import { type GroupRole, meter, MeteredGroup, type RunResult } from "../../wasm/mod.ts";
import type { KernelName } from "./kernels.ts";

/** More than any kernel needs. */
const BUDGET = { fuel: 1e15, stackBytes: 1 << 20 };
const CAPS = { pages: 1024, elements: 1024 };

/** What a call of a kernel came to; `fuel` is 0 where it is not metered. */
export interface KernelRun {
  value: number;
  fuel: number;
}

/** A kernel that is ready to run. */
export type Kernel = (n: number) => KernelRun;

/** The committed module of a kernel. */
export function kernelBytes(name: KernelName): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`./${name}.wasm`, import.meta.url)));
}

/** A kernel as it was built. */
export function plainKernel(name: KernelName): Kernel {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes(name)));
  const run = runOf(exports);
  return (n) => ({ value: run(n), fuel: 0 });
}

/** A kernel metered as guests of one core module are: the only one of a group. */
export function meteredKernel(name: KernelName): Kernel {
  return kernelOf(name, "sole");
}

/** A kernel metered as the core modules of a guest that has several: what is counted is imported. */
export function memberKernel(name: KernelName): Kernel {
  return kernelOf(name, "member");
}

function kernelOf(name: KernelName, role: GroupRole): Kernel {
  const { bytes, layout } = meter(kernelBytes(name), { group: role, hostCallsBack: false });
  const module = new WebAssembly.Module(bytes);
  const group = new MeteredGroup(CAPS);
  const metered = <T>(body: () => T) => ended(name, group.run(BUDGET, body));
  const run = runOf(metered(() => group.instantiate(module, layout, {})).value);
  return (n) => metered(() => run(n));
}

/** @throws If the kernel was stopped: nothing stops one but a fault of its own. */
function ended<T>(name: KernelName, result: RunResult<T>): { value: T; fuel: number } {
  if (!result.ok) throw new Error(`the kernel ${name} stopped: ${JSON.stringify(result.stop)}`);
  return result;
}

function runOf({ run }: WebAssembly.Exports): (n: number) => number {
  if (typeof run !== "function") throw new TypeError("the kernel exports no function `run`");
  return (n) => Number(run(n));
}

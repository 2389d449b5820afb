import { readFileSync } from "node:fs";
import { meter, MeteredGroup, MeteredInstance, type RunResult } from "../../wasm/mod.ts";
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

/** A kernel metered as guests are: linked, in a group of its own. */
export function meteredKernel(name: KernelName): Kernel {
  const { bytes, layout } = meter(kernelBytes(name), { linked: true });
  const module = new WebAssembly.Module(bytes);
  const group = new MeteredGroup(CAPS);
  const metered = <T>(body: () => T) => ended(name, group.run(BUDGET, body));
  const run = runOf(metered(() => group.instantiate(module, layout, {})).value);
  return (n) => metered(() => run(n));
}

/** A kernel metered alone: its counters are its own, where linked modules import them. */
export function aloneKernel(name: KernelName): Kernel {
  const { bytes, layout } = meter(kernelBytes(name), { hostCallsBack: false });
  const guest = MeteredInstance.create(new WebAssembly.Module(bytes), layout, {});
  const run = runOf(guest.exports);
  return (n) => ended(name, guest.run(BUDGET, () => run(n)));
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

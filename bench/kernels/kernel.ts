import { readFileSync } from "node:fs";
import { meter, MeteredGroup } from "../../wasm/mod.ts";
import type { KernelName } from "./kernels.ts";

/** Units of fuel that no kernel needs. */
const FUEL = 1e15;
const STACK_BYTES = 1 << 20;
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
  const metered = <T>(body: () => T) => {
    const result = group.run({ fuel: FUEL, stackBytes: STACK_BYTES }, body);
    if (!result.ok) throw new Error(`the kernel ${name} stopped: ${JSON.stringify(result.stop)}`);
    return result;
  };
  const run = runOf(metered(() => group.instantiate(module, layout, {})).value);
  return (n) => metered(() => run(n));
}

function runOf({ run }: WebAssembly.Exports): (n: number) => number {
  if (typeof run !== "function") throw new TypeError("the kernel exports no function `run`");
  return (n) => Number(run(n));
}

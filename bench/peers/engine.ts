import { performance } from "node:perf_hooks";
import { meter, MeteredInstance } from "../../wasm/mod.ts";
import { bindExports, EVAL_SCRIPT, type QuickJs } from "../../sandbox/quickjs/abi.ts";
import { VirtualClock } from "../../sandbox/world/clock.ts";
import { GuestMemory } from "../../sandbox/quickjs/guest_memory.ts";
import { createImports } from "../../sandbox/quickjs/imports.ts";
import { CapturedOutput } from "../../sandbox/world/output.ts";
import { readEngine } from "../../sandbox/quickjs/wasm_file.ts";

const PAGES = { initial: 256, maximum: 4096 };
const BUDGET = { fuel: 2 ** 50, stackBytes: 1024 * 1024 };

/** The bare engine, as it was built or as the meter rewrites it: no prelude, no image, no codec. */
export interface Engine {
  /** Evaluates a script; gives milliseconds and the fuel it took (0 for the unmetered engine). */
  evaluate(code: string): { ms: number; fuel: number };
}

/** Starts the engine. Each program gets one of its own. */
export async function startEngine(metered: boolean): Promise<Engine> {
  const bytes = await readEngine();
  const wasmMemory = new WebAssembly.Memory(PAGES);
  const memory = new GuestMemory(wasmMemory);
  let guest: MeteredInstance | undefined;
  const imports = createImports({
    wasmMemory,
    maximumPages: PAGES.maximum,
    memory,
    clock: new VirtualClock(),
    output: new CapturedOutput(0),
    quickjs: () => quickjs,
    charge: (units) => guest?.charge(units),
    stopForMemory: () => {
      throw new RangeError("the program needs too much memory");
    },
  });
  if (metered) {
    const { bytes: rewritten, layout } = meter(bytes, { hostCallsBack: false });
    guest = MeteredInstance.create(new WebAssembly.Module(rewritten), layout, imports);
  }
  const exports = guest?.exports ??
    new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
  const quickjs = bindExports(exports);
  memory.reportWritesTo((address, length) => guest?.wrote(address, length));
  const evaluate = evaluator(quickjs, memory);
  return { evaluate: (code) => timed(() => evaluate(code), guest) };
}

function timed(work: () => void, guest: MeteredInstance | undefined): { ms: number; fuel: number } {
  const start = performance.now();
  if (guest === undefined) {
    work();
    return { ms: performance.now() - start, fuel: 0 };
  }
  const result = guest.run(BUDGET, work);
  if (!result.ok) throw new Error(`The program was stopped: ${result.stop.message}`);
  return { ms: performance.now() - start, fuel: result.fuel };
}

function evaluator(quickjs: QuickJs, memory: GuestMemory): (code: string) => void {
  quickjs.construct();
  const context = quickjs.newContext(quickjs.newRuntime(), 0);
  return (code) => {
    // In a block, so that a program can run again: its names are its own.
    const bytes = new TextEncoder().encode(`{ ${code} }\0bench.js\0`);
    const address = quickjs.malloc(bytes.length);
    memory.writeBytes(address, bytes);
    const length = bytes.indexOf(0);
    const value = quickjs.evaluate(context, address, length, address + length + 1, 0, EVAL_SCRIPT);
    if (quickjs.resolveException(context, value) !== 0) throw new Error(`It threw: ${code}`);
    quickjs.freeValue(context, value);
    quickjs.free(address);
  };
}

import { type Budget, MeteredInstance, WASM_PAGE_BYTES } from "../../wasm/mod.ts";
import type { Limits } from "../limits.ts";
import {
  bindExports,
  EVAL_SCRIPT,
  type Pointer,
  type QuickJs,
  SHADOW_STACK_BYTES,
  SHADOW_STACK_RESERVE,
} from "./abi.ts";
import { VirtualClock } from "../world/clock.ts";
import type { QuickJsGuest } from "./engine.ts";
import { PRELUDE } from "./guest/prelude.generated.ts";
import { PRELUDE_NAME } from "./guest/protocol.ts";
import { GuestMemory } from "./guest_memory.ts";
import { createImports, EngineFault } from "./imports.ts";
import { CapturedOutput } from "../world/output.ts";

/** Fuel and stack for the engine's start and the prelude, whatever the limits of user code. */
const BOOT_BUDGET: Budget = { fuel: 10_000_000_000, stackBytes: 1024 * 1024 };

/**
 * Most pages of memory at the start. Pages that nobody touches cost nothing, but a memory that has grown
 * cannot be reset: its instance is replaced, and the machine holds both until the garbage is collected.
 */
const INITIAL_PAGES = 1024;

/** Bytes of the buffer through which texts of calls go, unless they are longer. */
const TEXT_CAPACITY = 8192;

/** Room for pointers to the arguments of one call. */
const SCRATCH_BYTES = 16;

/** The engine after its start: pointers into its memory stay valid as long as the instance lives. */
export interface Started {
  readonly instance: MeteredInstance;
  readonly quickjs: QuickJs;
  readonly memory: GuestMemory;
  readonly clock: VirtualClock;
  readonly output: CapturedOutput;
  readonly runtime: Pointer;
  readonly context: Pointer;
  /** The value `undefined`. */
  readonly undefined: Pointer;
  /** The values `true` and `false`. */
  readonly flags: { true: Pointer; false: Pointer };
  /** Room for four pointers. */
  readonly scratch: Pointer;
  readonly textBuffer: Pointer;
  readonly textCapacity: number;
  /** Functions that the prelude gave (guest/prelude.ts). */
  readonly prelude: { invoke: Pointer; settle: Pointer; adopt: Pointer; describe: Pointer };
}

/**
 * Starts the engine and runs the prelude in it. Takes as much memory as the limits allow at the start,
 * but not more than 64 MiB.
 *
 * @throws {EngineFault} where that fails, which no user code can bring about.
 */
export function bootQuickJs(guest: QuickJsGuest, limits: Limits): Started {
  const parts = instantiate(guest, limits);
  const result = parts.instance.run(BOOT_BUDGET, () => start(parts, limits));
  if (!result.ok) throw new EngineFault(`the engine did not start: ${result.stop.message}`);
  parts.clock.follow(() => parts.instance.fuelUsed());
  return { ...parts, ...result.value };
}

type Parts = Pick<Started, "instance" | "quickjs" | "memory" | "clock" | "output">;

function instantiate(guest: QuickJsGuest, limits: Limits): Parts {
  const maximumPages = Math.floor(limits.memoryBytes / WASM_PAGE_BYTES);
  const initial = Math.min(INITIAL_PAGES, maximumPages);
  const wasmMemory = new WebAssembly.Memory({ initial, maximum: maximumPages });
  const memory = new GuestMemory(wasmMemory);
  const clock = new VirtualClock();
  const output = new CapturedOutput(limits.outputBytes);
  const instance: MeteredInstance = MeteredInstance.create(
    guest.module,
    guest.layout,
    createImports({
      wasmMemory,
      maximumPages,
      memory,
      clock,
      output,
      quickjs: () => quickjs,
      charge: (units) => instance.charge(units),
      stopForMemory: () => instance.stop("memory"),
    }),
  );
  const quickjs = bindExports(instance.exports);
  memory.reportWritesTo((address, length) => instance.wrote(address, length));
  return { instance, quickjs, memory, clock, output };
}

function start({ quickjs, memory }: Parts, limits: Limits): Omit<Started, keyof Parts> {
  quickjs.construct();
  const runtime = quickjs.newRuntime();
  quickjs.setMaxStackSize(runtime, SHADOW_STACK_BYTES - SHADOW_STACK_RESERVE);
  const context = quickjs.newContext(runtime, 0);
  const textBuffer = quickjs.malloc(TEXT_CAPACITY);
  const scratch = quickjs.malloc(SCRATCH_BYTES);
  const text = (content: string): Pointer => {
    if (!memory.writeText(textBuffer, TEXT_CAPACITY, content)) {
      throw new EngineFault("a text of the prelude is too long");
    }
    return textBuffer;
  };
  const checked = (value: Pointer): Pointer => {
    const exception = quickjs.resolveException(context, value);
    if (exception === 0) return value;
    throw new EngineFault(memory.readTerminatedText(quickjs.getString(context, exception)));
  };

  const code = new TextEncoder().encode(PRELUDE);
  const source = quickjs.malloc(code.length + 1);
  memory.writeBytes(source, code);
  const prelude = checked(
    quickjs.evaluate(context, source, code.length, text(PRELUDE_NAME), 0, EVAL_SCRIPT),
  );
  quickjs.free(source);

  memory.writeUint32(scratch, quickjs.newFunction(context, text(""), 1, 0, 0));
  memory.writeUint32(scratch + 4, quickjs.newString(context, text(`${limits.outputBytes}`)));
  const self = quickjs.getUndefined();
  const functions = checked(quickjs.call(context, prelude, self, 2, scratch));
  const handle = (name: string) =>
    checked(quickjs.getProperty(context, functions, quickjs.newString(context, text(name))));
  return {
    runtime,
    context,
    undefined: self,
    flags: { true: quickjs.getTrue(), false: quickjs.getFalse() },
    scratch,
    textBuffer,
    textCapacity: TEXT_CAPACITY,
    prelude: {
      invoke: handle("invoke"),
      settle: handle("settle"),
      adopt: handle("adopt"),
      describe: handle("describe"),
    },
  };
}

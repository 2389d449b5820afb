import { type Budget, MeteredGroup, type RunResult } from "../../wasm/mod.ts";
import { coreCaps } from "../core_code.ts";
import type { Grants } from "../artifact.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import { compiledStackBytes, type Limits } from "../limits.ts";
import { CollectingSink } from "../world/byte_sink.ts";
import { FUEL_PER_IMPORT } from "../world/prices.ts";
import { World, type WorldStart } from "../world/world.ts";
import { abortImport } from "./env_abort.ts";
import { ArgumentList } from "./preview1/arguments.ts";
import { DescriptorTable } from "./preview1/descriptors.ts";
import type { Directory } from "./preview1/file_tree.ts";
import { GuestMemory } from "./preview1/guest_memory.ts";
import { preview1Imports } from "./preview1/mod.ts";
import { PREVIEW1_MODULE } from "./preview1/signatures.ts";
import { StreamTail } from "./preview1/stream_tail.ts";
import type { PreparedCore } from "./prepare.ts";

/** What an instance is made of. */
export interface CoreParts {
  readonly prepared: PreparedCore;
  /** What messages call it; also the first of its arguments while it is loaded. */
  readonly name: string;
  readonly args: Grants["args"];
  /** The directory `/`; undefined where no files are granted. */
  readonly files: Directory | undefined;
}

/** One instance of a core module, with the world that it sees. */
export class CoreInstance {
  readonly parts: CoreParts;
  readonly limits: Limits;
  readonly world: World;
  readonly stderrTail = new StreamTail();
  /** The functions of WASI that gave an error in this call. */
  readonly failed = new Set<string>();
  /** Standard output, where it is the result; else it is captured output. */
  readonly result: CollectingSink;
  readonly #group: MeteredGroup;
  readonly #descriptors: DescriptorTable;
  readonly #args = new ArgumentList();
  #exports: WebAssembly.Exports = {};
  /** Nanoseconds that it slept while it was loaded. */
  #sleptBefore = 0;

  constructor(parts: CoreParts, limits: Limits, observer: InstanceObserver | undefined) {
    this.parts = parts;
    this.limits = limits;
    const result = new CollectingSink(limits.outputBytes);
    const isCommand = parts.prepared.shape === "command";
    this.result = result;
    this.world = new World({
      outputBytes: limits.outputBytes,
      ...(isCommand ? { stdout: () => result } : {}),
    });
    this.#descriptors = new DescriptorTable(parts.files);
    this.#group = new MeteredGroup(
      coreCaps(limits),
      (buffer) => observer?.interruptible(buffer),
    );
    this.world.clock.follow(() => this.#group.fuelUsed());
  }

  /** Instantiates the module, initialises it where it wants that, and takes the image. */
  load(): RunResult<void> {
    const { prepared: { module, layout, shape }, name } = this.parts;
    this.#begin(name, { fuelBefore: 0 });
    const result = this.#group.run(this.#budget(this.limits.fuel), () => {
      this.#exports = this.#group.instantiate(module, layout, this.#imports());
      if (shape === "reactor") this.invoke("_initialize", []);
    });
    this.world.end();
    if (!result.ok) return result;
    this.#group.capture();
    this.#descriptors.capture();
    this.#sleptBefore = this.world.clock.slept;
    return result;
  }

  /**
   * Runs code of the module in a world that begins anew.
   *
   * @param program what the first of the arguments says.
   */
  run<T>(
    program: string,
    { fuel, ...start }: Omit<WorldStart, "sleptBefore"> & { fuel: number },
    body: () => T,
  ): RunResult<T> {
    this.#begin(program, start);
    const result = this.#group.run(this.#budget(fuel), body);
    this.world.end();
    return result;
  }

  /** Calls an exported function; inside of {@linkcode run} only. Like every crossing, it costs fuel. */
  invoke(name: string, args: readonly (number | bigint)[]): unknown {
    this.#group.spend(FUEL_PER_IMPORT);
    const target = this.#exports[name];
    if (typeof target !== "function") throw new TypeError(`Cannot call ${name} as there is none`);
    return target(...args);
  }

  #budget(fuel: number): Budget {
    return { fuel, stackBytes: compiledStackBytes(this.limits) };
  }

  #begin(program: string, start: WorldStart): void {
    this.world.begin({ sleptBefore: this.#sleptBefore, ...start });
    this.stderrTail.reset();
    this.failed.clear();
    this.#args.set([program, ...this.parts.args]);
  }

  #imports(): WebAssembly.Imports {
    const group = this.#group;
    const context = {
      world: this.world,
      memory: new GuestMemory({
        // While the start function runs, nobody has the exports yet.
        memory: () => group.memories()[0],
        wrote: (memory, address, length) => group.wrote(memory, address, length),
        spend: (units) => group.spend(units),
      }),
      host: {
        spend: (units: number) => group.spend(units),
        abort: (error: Error) => group.abort(error),
      },
      descriptors: this.#descriptors,
      args: this.#args,
      stderrTail: this.stderrTail,
      failed: this.failed,
    };
    return { [PREVIEW1_MODULE]: preview1Imports(context), env: abortImport(context) };
  }

  /** Whether it can go back to the image. */
  canReset(): boolean {
    return this.#group.canReset();
  }

  /** Goes back to the image; false where it cannot. */
  reset(): boolean {
    this.#descriptors.reset();
    return this.#group.reset();
  }

  /** Bytes of memory in use. Deterministic. */
  residentBytes(): number {
    return this.#group.residentBytes();
  }

  /** The memory, if there is one. */
  memories(): WebAssembly.Memory[] {
    return this.#group.memories();
  }
}

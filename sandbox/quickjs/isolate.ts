import type { Artifact } from "../artifact.ts";
import type { CallOptions, Isolate } from "../isolate.ts";
import type { Limits } from "../limits.ts";
import type { Failure, Outcome, OutputLine, Usage } from "../outcome.ts";
import type { Value } from "../values/value.ts";
import { parseAnswer } from "./answer.ts";
import { encodeCall } from "./call_text.ts";
import type { QuickJsGuest } from "./engine.ts";
import { failureOfStop } from "./failures.ts";
import type { InstanceObserver } from "./instance_observer.ts";
import type { Call } from "./machine.ts";
import { type LoadedInstance, loadInstance, type Recipe } from "./loading.ts";

/** How an isolate is loaded. */
export interface LoadOptions {
  /**
   * Keeps state from call to call, for monitors. A call that is stopped in its middle (fuel, stack,
   * memory, crash) leaves a state that nothing can be said about, so the next one starts from the image.
   */
  stateful?: boolean;
  /** What watches the isolate's instances, and can interrupt them. */
  observer?: InstanceObserver;
}

/** A loaded isolate, or why there is none (a failure of kind `load`). */
export type LoadResult =
  & { usage: Usage; output: OutputLine[] }
  & ({ ok: true; isolate: QuickJsIsolate } | { ok: false; failure: Failure });

/**
 * Loads user code into an isolate of its own: the code is evaluated as an ES module under the limits,
 * and the image is taken when it and the jobs that it started are done.
 */
export function loadQuickJsIsolate(
  guest: QuickJsGuest,
  artifact: Artifact,
  limits: Limits,
  options: LoadOptions = {},
): Promise<LoadResult> {
  const start = performance.now();
  const recipe = { ...options, guest, artifact, limits, stateful: options.stateful ?? false };
  const result = loadInstance(recipe);
  const started = result.ok ? result.loaded.started : result.started;
  const report = {
    usage: {
      fuel: result.ok ? result.loaded.fuel : result.fuel,
      memoryBytes: started?.instance.residentBytes() ?? 0,
      wallMs: performance.now() - start,
    },
    output: started?.output.take() ?? [],
  };
  return Promise.resolve(
    result.ok
      ? { ok: true, isolate: new QuickJsIsolate(recipe, result.loaded), ...report }
      : { ok: false, failure: result.failure, ...report },
  );
}

/** The isolate for JavaScript, made by {@linkcode loadQuickJsIsolate}. */
export class QuickJsIsolate implements Isolate {
  readonly #recipe: Recipe;
  #loaded: LoadedInstance | undefined;
  /** Whether the instance may differ from its image. */
  #isUsed = false;
  /** Whether a call was stopped in its middle. */
  #isBroken = false;
  /** Fuel of the load and, in a stateful isolate, of the calls so far: where the clock stands. */
  #fuelBefore: number;

  /** @param loaded what `loadInstance` made of the recipe. */
  constructor(recipe: Recipe, loaded: LoadedInstance) {
    this.#recipe = recipe;
    this.#loaded = loaded;
    this.#fuelBefore = loaded.fuel;
  }

  /** Names of what the user code exports, in the order of the module's namespace. */
  exports(): string[] {
    return [...this.#alive().exports.keys()];
  }

  /** What `typeof` says of an export; undefined where there is none of that name. */
  exportType(name: string): string | undefined {
    return this.#alive().exports.get(name)?.type;
  }

  /**
   * Calls an exported function.
   *
   * @throws {CodecError} for arguments that cannot cross the boundary.
   * @throws {TypeError} when the isolate was disposed.
   */
  call(name: string, args: readonly Value[], options: CallOptions = {}): Outcome {
    const start = performance.now();
    const target = this.#alive().exports.get(name);
    if (target?.type !== "function") return this.refuse(name);
    if (this.#isBroken || !this.#recipe.stateful) this.reset();
    const call = encodeCall(target.name, args, options.seed);
    return this.#run(call, options.fuel, start);
  }

  /** Puts the image back, or makes a new instance with the same image where the memory has grown. */
  reset(): void {
    const loaded = this.#alive();
    if (!this.#isUsed) return;
    if (!loaded.started.instance.reset()) this.#loaded = this.#replace();
    this.#isUsed = false;
    this.#isBroken = false;
    this.#fuelBefore = loaded.fuel;
  }

  /** Lets go of the instance. */
  dispose(): void {
    this.#loaded = undefined;
  }

  /** The guest's memory as the last call left it, for tests that compare it bit by bit. */
  memory(): WebAssembly.Memory {
    return this.#alive().started.instance.memory;
  }

  #run(call: Call, fuelLimit: number | undefined, start: number): Outcome {
    const { limits, stateful } = this.#recipe;
    const { started: { instance, clock, output }, machine } = this.#alive();
    const fuel = fuelLimit === undefined ? limits.fuel : Math.min(fuelLimit, limits.fuel);
    this.#isUsed = true;
    clock.startFrom(this.#fuelBefore);
    const result = machine.call(call, { fuel, stackBytes: limits.stackBytes });
    const lines = output.take();
    const usage = { fuel: result.fuel, memoryBytes: instance.residentBytes(), wallMs: 0 };
    if (stateful) this.#fuelBefore += result.fuel;
    const verdict = result.ok
      ? parseAnswer(result.value, limits)
      : { ok: false as const, failure: failureOfStop(result.stop, fuel, limits) };
    this.#isBroken = !result.ok;
    usage.wallMs = performance.now() - start;
    return { ...verdict, usage, output: lines };
  }

  #replace(): LoadedInstance {
    const result = loadInstance(this.#recipe);
    // The same recipe loaded before, so only the machine itself can stand in its way.
    if (!result.ok) throw new RangeError(result.failure.message);
    result.loaded.started.output.take();
    return result.loaded;
  }

  /** What a call of an export that is not a function gives. */
  refuse(name: string): Outcome & { ok: false } {
    const type = this.exportType(name);
    const file = this.#recipe.artifact.name;
    const names = this.exports().join(", ");
    const message = type === undefined
      ? `${file} has no export named ${name}: it exports ${names === "" ? "nothing" : names}`
      : `the export ${name} of ${file} is not a function: its type is ${type}`;
    const memoryBytes = this.#alive().started.instance.residentBytes();
    return {
      ok: false,
      failure: { kind: "load", message },
      usage: { fuel: 0, memoryBytes, wallMs: 0 },
      output: [],
    };
  }

  #alive(): LoadedInstance {
    if (this.#loaded === undefined) throw new TypeError("Cannot use an isolate that was disposed");
    return this.#loaded;
  }
}

import type { InstanceObserver } from "./instance_observer.ts";
import type { CallOptions, Isolate } from "./isolate.ts";
import { listed } from "./listed.ts";
import type { Limits } from "./limits.ts";
import type { GuestRecipe, LoadedGuest } from "./loaded_guest.ts";
import type { Failure, Outcome, OutputLine, Usage } from "./outcome.ts";
import type { Value } from "./values/value.ts";

/** How an isolate behaves. */
export interface IsolateOptions {
  /**
   * Keeps state from call to call, for monitors. A call that is stopped in its middle (fuel, stack,
   * memory, crash) leaves a state that nothing can be said about, so the next one starts from the image.
   */
  stateful?: boolean;
}

/** How an isolate is loaded. */
export interface LoadOptions extends IsolateOptions {
  /** What watches the isolate's instances, and can interrupt them. */
  observer?: InstanceObserver;
}

/**
 * A loaded isolate, or why there is none: a failure of kind `load`, and whether the code was refused for what
 * it is, before anything of it ran.
 */
export type LoadResult =
  & { usage: Usage; output: OutputLine[] }
  & ({ ok: true; isolate: GuestIsolate } | { ok: false; failure: Failure; isRefused: boolean });

/** Loads a guest into an isolate of its own. */
export function loadGuest(
  recipe: GuestRecipe,
  limits: Pick<Limits, "fuel">,
  options: IsolateOptions = {},
): LoadResult {
  const start = performance.now();
  const result = recipe.load();
  const wallMs = performance.now() - start;
  if (!result.ok) {
    const { failure, isRefused, fuel, memoryBytes, output } = result;
    return { ok: false, failure, isRefused, usage: { fuel, memoryBytes, wallMs }, output };
  }
  const { guest } = result;
  return {
    ok: true,
    isolate: new GuestIsolate(recipe, guest, limits, options),
    usage: { fuel: guest.fuel, memoryBytes: guest.residentBytes(), wallMs },
    output: guest.takeOutput(),
  };
}

/** The isolate for guests of every kind, made by {@linkcode loadGuest}. */
export class GuestIsolate implements Isolate {
  readonly #recipe: GuestRecipe;
  readonly #mostFuel: number;
  readonly #stateful: boolean;
  /** Undefined where it is to be replaced. */
  #guest: LoadedGuest | undefined;
  #isDisposed = false;
  /** Whether the guest may differ from its image. */
  #isUsed = false;
  /** Whether a call was stopped in its middle. */
  #isBroken = false;
  /** Fuel of the load and, in a stateful isolate, of the calls so far: where the clock stands. */
  #fuelBefore: number;

  /** @param guest what the recipe gave. */
  constructor(
    recipe: GuestRecipe,
    guest: LoadedGuest,
    { fuel }: Pick<Limits, "fuel">,
    { stateful = false }: IsolateOptions = {},
  ) {
    this.#recipe = recipe;
    this.#guest = guest;
    this.#mostFuel = fuel;
    this.#stateful = stateful;
    this.#fuelBefore = guest.fuel;
  }

  exports(): string[] {
    return [...this.#alive().exports.keys()];
  }

  exportType(name: string): string | undefined {
    const { exports, callsAnyName } = this.#alive();
    return exports.get(name) ?? (callsAnyName ? "function" : undefined);
  }

  /** What may help who calls it the wrong way, as the end of a sentence about it. */
  hint(): string | undefined {
    return this.#alive().hint;
  }

  /**
   * Calls an exported function.
   *
   * @throws {CodecError} for arguments that cannot cross the boundary.
   * @throws {TypeError} when the isolate was disposed.
   */
  call(name: string, args: readonly Value[], options: CallOptions = {}): Outcome {
    const start = performance.now();
    if (this.exportType(name) !== "function") return this.refuse(name);
    if (this.#isBroken || !this.#stateful) this.reset();
    const guest = this.#alive();
    const fuel = Math.min(options.fuel ?? this.#mostFuel, this.#mostFuel);
    const call = { seed: options.seed, fuel, fuelBefore: this.#fuelBefore };
    this.#isUsed = true;
    const answer = guest.call(name, args, call);
    this.#isBroken = answer.isBroken;
    if (this.#stateful) this.#fuelBefore += answer.fuel;
    const output = guest.takeOutput();
    const fuelUsed = answer.fuel + this.#reloadFuel(guest);
    const usage = { fuel: fuelUsed, memoryBytes: guest.residentBytes(), wallMs: 0 };
    usage.wallMs = performance.now() - start;
    return { ...answer.verdict, usage, output };
  }

  /** Puts the image back, or loads another guest with the same image where the memory has grown. */
  reset(): void {
    const guest = this.#alive();
    if (!this.#isUsed) return;
    // It is let go before the next one is loaded: two at a time would take twice the memory.
    if (!guest.reset()) this.#guest = undefined;
    this.#isUsed = false;
    this.#isBroken = false;
    this.#fuelBefore = this.#alive().fuel;
  }

  /** A call that makes another load necessary, as its memory has grown, pays for it. */
  #reloadFuel(guest: LoadedGuest): number {
    const isReset = this.#isBroken || !this.#stateful;
    return isReset && !guest.canReset() ? guest.fuel : 0;
  }

  /** Lets go of the guest. */
  dispose(): void {
    this.#isDisposed = true;
    this.#guest = undefined;
  }

  /** The guest's memories as the last call left them, for tests that compare them bit by bit. */
  memories(): WebAssembly.Memory[] {
    return this.#alive().memories();
  }

  #replace(): LoadedGuest {
    const result = this.#recipe.load();
    // The same recipe loaded before, so only the machine itself can stand in its way.
    if (!result.ok) throw new RangeError(result.failure.message);
    result.guest.takeOutput();
    return result.guest;
  }

  /** What a call of an export that is not a function gives. */
  refuse(name: string): Outcome & { ok: false } {
    const type = this.exportType(name);
    const file = this.#recipe.name;
    const names = listed(this.exports());
    const hint = this.hint();
    const message = type === undefined
      ? `${file} has no export named ${name}: it exports ${names === "" ? "nothing" : names}` +
        (hint === undefined ? "" : ` (it ${hint})`)
      : `the export ${name} of ${file} is not a function: its type is ${type}`;
    return {
      ok: false,
      failure: { kind: "load", message },
      usage: { fuel: 0, memoryBytes: this.#alive().residentBytes(), wallMs: 0 },
      output: [],
    };
  }

  #alive(): LoadedGuest {
    if (this.#isDisposed) throw new TypeError("Cannot use an isolate that was disposed");
    this.#guest ??= this.#replace();
    return this.#guest;
  }
}

import type { JavaScriptArtifact } from "../artifact.ts";
import type { Limits } from "../limits.ts";
import type { GuestAnswer, GuestCallOptions, GuestRecipe, LoadedGuest } from "../loaded_guest.ts";
import type { OutputLine } from "../outcome.ts";
import type { Value } from "../values/value.ts";
import { parseAnswer } from "./answer.ts";
import { encodeCall } from "./call_text.ts";
import type { QuickJsGuest } from "./engine.ts";
import { failureOfStop } from "../failures.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import { type LoadedInstance, loadInstance } from "./loading.ts";

/**
 * How a guest for JavaScript is made: the code is evaluated as an ES module under the limits, and the image
 * is taken when it and the jobs that it started are done.
 *
 * @param keepsState whether calls follow each other without a reset, so that what they use must be freed.
 */
export function quickJsRecipe(
  engine: QuickJsGuest,
  artifact: JavaScriptArtifact,
  limits: Limits,
  { keepsState = false, observer }: { keepsState?: boolean; observer?: InstanceObserver } = {},
): GuestRecipe {
  const recipe = { guest: engine, artifact, limits, stateful: keepsState };
  return {
    name: artifact.name,
    load: () => {
      const result = loadInstance(observer ? { ...recipe, observer } : recipe);
      if (result.ok) return { ok: true, guest: new LoadedQuickJs(result.loaded, limits) };
      const { failure, fuel, started } = result;
      const memoryBytes = started?.instance.residentBytes() ?? 0;
      const output = started?.output.take() ?? [];
      return { ok: false, failure, isRefused: false, fuel, memoryBytes, output };
    },
  };
}

/** An instance of QuickJS with user code in it. */
class LoadedQuickJs implements LoadedGuest {
  readonly #loaded: LoadedInstance;
  readonly #limits: Limits;
  readonly exports: ReadonlyMap<string, string>;

  constructor(loaded: LoadedInstance, limits: Limits) {
    this.#loaded = loaded;
    this.#limits = limits;
    this.exports = new Map([...loaded.exports].map(([name, { type }]) => [name, type]));
  }

  get fuel(): number {
    return this.#loaded.fuel;
  }

  call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer {
    const { machine, exports, started: { clock } } = this.#loaded;
    const call = encodeCall(exports.get(name)?.name ?? 0, args, options.seed);
    clock.startFrom(options.fuelBefore);
    const { stackBytes } = this.#limits;
    const result = machine.call(call, { fuel: options.fuel, stackBytes });
    const verdict = result.ok
      ? parseAnswer(result.value, this.#limits)
      : { ok: false as const, failure: failureOfStop(result.stop, options.fuel, this.#limits) };
    return { verdict, fuel: result.fuel, isBroken: !result.ok };
  }

  canReset(): boolean {
    return this.#loaded.started.instance.canReset();
  }

  reset(): boolean {
    return this.#loaded.started.instance.reset();
  }

  residentBytes(): number {
    return this.#loaded.started.instance.residentBytes();
  }

  takeOutput(): OutputLine[] {
    return this.#loaded.started.output.take();
  }

  memories(): WebAssembly.Memory[] {
    return [this.#loaded.started.instance.memory];
  }
}

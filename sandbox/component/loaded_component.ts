import type { WasmArtifact } from "../artifact.ts";
import { failureOfArguments } from "../failures.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import { compiledStackBytes, type Limits } from "../limits.ts";
import type {
  GuestAnswer,
  GuestCallOptions,
  GuestLoad,
  GuestRecipe,
  LoadedGuest,
} from "../loaded_guest.ts";
import type { Failure, OutputLine } from "../outcome.ts";
import type { Value } from "../values/value.ts";
import type { Callable } from "./callables.ts";
import { failureOf, isRefusal, reasonOf } from "./component_failures.ts";
import { instantiateGuest, type Made, type Parts } from "./instantiate_guest.ts";
import { JsValueError } from "./js_values.ts";
import { prepareComponent, type PreparedComponent } from "./prepare.ts";

/**
 * How a guest that is a component is made: read, checked against what is granted, metered and compiled once;
 * then each time instantiated under the limits, and its image taken.
 */
export function componentRecipe(
  artifact: WasmArtifact,
  limits: Limits,
  observer?: InstanceObserver,
): GuestRecipe {
  let prepared: PreparedComponent | undefined;
  let isWarm: boolean | undefined;
  const load = (): GuestLoad => {
    observer?.starting();
    try {
      prepared ??= prepareComponent(artifact.bytes, limits);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const message = `Cannot load ${artifact.name}: ${reasonOf(error)}`;
      const failure: Failure = { kind: "load", message };
      return { ok: false, failure, isRefused: true, fuel: 0, memoryBytes: 0, output: [] };
    } finally {
      observer?.started();
    }
    const making = { prepared, name: artifact.name, limits, observer };
    const make = () => instantiateGuest(making);
    let made = make();
    if (isWarm === undefined && made.ok && !made.warmUp.isEmpty) {
      isWarm = profitsFromWarmUp(made, make);
      made = make();
    }
    return finish(isWarm ? warmed(made) : made, artifact.name, limits);
  };
  return { name: artifact.name, load };
}

/** Tries whether a warm allocator spares the component growing in each call. It spoils what was made. */
function profitsFromWarmUp(cold: Made, make: () => Made): boolean {
  if (!cold.ok || !cold.warmUp.growsWhenUsed(cold.parts)) return false;
  const warm = make();
  return warm.ok && warm.warmUp.run(warm.parts) === undefined &&
    !warm.warmUp.growsWhenUsed(warm.parts);
}

/** Warms up what was made. It stood that before, so that only an interrupt can stop it. */
function warmed(made: Made): Made {
  const stop = made.ok ? made.warmUp.run(made.parts) : undefined;
  if (stop === undefined) return made;
  const { group, world, fuel } = made;
  return { ok: false, stop, group, world, fuel };
}

/** Takes the image of what was made. */
function finish(made: Made, name: string, limits: Limits): GuestLoad {
  const { group, world, fuel } = made;
  if (made.ok) {
    group.capture();
    made.parts.component.capture();
    return { ok: true, guest: new LoadedComponentGuest(made.parts) };
  }
  const { message } = failureOf(made.stop, limits.fuel, limits);
  return {
    ok: false,
    failure: { kind: "load", message: `Cannot load ${name}: ${message}` },
    isRefused: false,
    fuel,
    memoryBytes: group.residentBytes(),
    output: world.output.take(),
  };
}

/** A component in its image. */
class LoadedComponentGuest implements LoadedGuest {
  readonly #parts: Parts;
  readonly exports: ReadonlyMap<string, string>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.exports = new Map([...parts.callables.keys()].map((name) => [name, "function"]));
  }

  get fuel(): number {
    return this.#parts.fuel;
  }

  call(name: string, args: readonly Value[], options: GuestCallOptions): GuestAnswer {
    const { callables, world, sleptBefore } = this.#parts;
    const callable = callables.get(name);
    if (callable === undefined) throw new TypeError(`Cannot call ${name} as it is not exported`);
    world.begin({ ...options, sleptBefore });
    try {
      const values = callable.parameters(args);
      return this.#run(callable, values, options);
    } catch (error) {
      if (!(error instanceof JsValueError)) throw error;
      const failure = failureOfArguments(name, error.message);
      return { verdict: { ok: false, failure }, fuel: 0, isBroken: false };
    } finally {
      world.end();
    }
  }

  #run(
    callable: Callable,
    values: ReturnType<Callable["parameters"]>,
    { fuel }: GuestCallOptions,
  ): GuestAnswer {
    const { component, group, limits } = this.#parts;
    const budget = { fuel, stackBytes: compiledStackBytes(limits) };
    const result = group.run(budget, () => component.call(callable.exported, values));
    return {
      verdict: result.ok
        ? callable.result(result.value, limits)
        : { ok: false, failure: failureOf(result.stop, fuel, limits) },
      fuel: result.fuel,
      isBroken: !result.ok,
    };
  }

  canReset(): boolean {
    return this.#parts.group.canReset();
  }

  reset(): boolean {
    this.#parts.component.reset();
    return this.#parts.group.reset();
  }

  residentBytes(): number {
    return this.#parts.group.residentBytes();
  }

  takeOutput(): OutputLine[] {
    return this.#parts.world.output.take();
  }

  memories(): WebAssembly.Memory[] {
    return this.#parts.group.memories();
  }
}

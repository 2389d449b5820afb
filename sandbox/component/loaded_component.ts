import { MeteredGroup, type Stop, WASM_PAGE_BYTES, WasmFormatError } from "../../wasm/mod.ts";
import type { WasmArtifact } from "../artifact.ts";
import { failureOfStop } from "../failures.ts";
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
import { World } from "../world/world.ts";
import { type Callable, callablesOf } from "./callables.ts";
import { ComponentFormatError, ComponentLoadError, LiftLimitError } from "./errors.ts";
import { JsValueError } from "./js_values.ts";
import { loadComponent, type LoadedComponent } from "./loaded.ts";
import { prepareComponent, type PreparedComponent, TABLE_ELEMENTS } from "./prepare.ts";
import { wasiInterfaces } from "./wasi/mod.ts";

/** Thrown through a component that ends its call by `wasi:cli/exit`. */
class Exit extends Error {
  override readonly name = "Exit";
}

/** Least bytes of the host's memory that the values of a call may take; most of the machine's is not ours. */
const LEAST_VALUE_BYTES = 16 * 2 ** 20;
const MOST_VALUE_BYTES = 240 * 2 ** 20;

/** Bytes of the host's memory that a byte of a result's text may stand for. */
const VALUE_BYTES_PER_TEXT_BYTE = 16;

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
  const load = (): GuestLoad => {
    observer?.starting();
    try {
      prepared ??= prepareComponent(artifact.bytes, limits);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const message = `Cannot load ${artifact.name}: ${reasonOf(error)}`;
      const failure: Failure = { kind: "load", message };
      return { ok: false, failure, fuel: 0, memoryBytes: 0, output: [] };
    } finally {
      observer?.started();
    }
    return instantiate(prepared, artifact.name, limits, observer);
  };
  return { name: artifact.name, load };
}

function isRefusal(error: unknown): error is Error {
  return error instanceof ComponentFormatError || error instanceof ComponentLoadError ||
    error instanceof WasmFormatError;
}

/** Why a component was refused, without what the message that it becomes part of says already. */
function reasonOf(error: Error): string {
  return error.message.replace(/^Cannot (?:read|take|load) the (?:component|module): /, "");
}

function instantiate(
  prepared: PreparedComponent,
  name: string,
  limits: Limits,
  observer: InstanceObserver | undefined,
): GuestLoad {
  const world = new World({ outputBytes: limits.outputBytes, args: [name] });
  const caps = {
    pages: Math.floor(limits.memoryBytes / WASM_PAGE_BYTES),
    elements: TABLE_ELEMENTS,
  };
  const group = new MeteredGroup(caps, (buffer) => observer?.interruptible(buffer));
  world.clock.follow(() => group.fuelUsed());
  world.begin({ fuelBefore: 0 });
  const grants = wasiInterfaces(world, {
    spend: (units) => group.spend(units),
    stopForMemory: () => group.stop("memory"),
    exit: (code) => group.abort(new Exit(`exited with code ${code}`)),
  });
  const budget = { fuel: limits.fuel, stackBytes: compiledStackBytes(limits) };
  const result = group.run(budget, () => {
    const component = loadComponent(prepared.component, {
      instantiate: (index, imports) => {
        const core = prepared.coreModules[index];
        if (core === undefined) throw new TypeError(`Cannot find core module ${index}`);
        return group.instantiate(core.module, core.layout, imports);
      },
      spend: (units) => group.spend(units),
      stopForMemory: () => group.stop("memory"),
      wrote: (memory, address, length) => group.wrote(memory, address, length),
    }, { grants, mostBytes: mostValueBytes(limits) });
    return { component, callables: callablesOf(component) };
  });
  world.end();
  if (!result.ok) {
    const { message } = failureOf(result.stop, limits.fuel, limits);
    const failure: Failure = { kind: "load", message: `Cannot load ${name}: ${message}` };
    const memoryBytes = group.residentBytes();
    return { ok: false, failure, fuel: result.fuel, memoryBytes, output: world.output.take() };
  }
  group.capture();
  result.value.component.capture();
  const { fuel } = result;
  const guest = { ...result.value, group, world, limits, fuel, sleptBefore: world.clock.slept };
  return { ok: true, guest: new LoadedComponentGuest(guest) };
}

function mostValueBytes({ outputBytes }: Limits): number {
  const wanted = Math.max(outputBytes * VALUE_BYTES_PER_TEXT_BYTE, LEAST_VALUE_BYTES);
  return Math.min(wanted, MOST_VALUE_BYTES);
}

interface Parts {
  readonly component: LoadedComponent;
  readonly callables: ReadonlyMap<string, Callable>;
  readonly group: MeteredGroup;
  readonly world: World;
  readonly limits: Limits;
  readonly fuel: number;
  /** Nanoseconds that it slept while it was loaded. */
  readonly sleptBefore: number;
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
      const failure: Failure = { kind: "exception", message: `${name}: ${error.message}` };
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

function failureOf(stop: Stop, fuel: number, limits: Limits): Failure {
  const { cause } = stop;
  if (cause instanceof Exit) return { kind: "exception", message: cause.message };
  if (cause instanceof LiftLimitError) {
    return {
      kind: "bad-output",
      message: `its values take more than ${cause.limit} bytes of the host's memory`,
    };
  }
  if (cause instanceof ComponentLoadError) {
    return { kind: "crash", message: reasonOf(cause) };
  }
  return failureOfStop(stop, fuel, limits);
}

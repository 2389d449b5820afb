import type { JavaScriptArtifact } from "../artifact.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import type { Pointer } from "./abi.ts";
import { bootQuickJs, type Started } from "./boot.ts";
import type { QuickJsGuest } from "./engine.ts";
import { failureOfStop } from "../failures.ts";
import { failureOfAnswer, isFailed } from "./failures.ts";
import { EngineFault } from "./imports.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import { Machine } from "./machine.ts";

/** What an isolate is made of; all of it is needed again when an instance has to be replaced. */
export interface Recipe {
  readonly guest: QuickJsGuest;
  readonly artifact: JavaScriptArtifact;
  readonly limits: Limits;
  readonly stateful: boolean;
  readonly observer?: InstanceObserver;
}

/** An export: its type as `typeof` tells, and its name as a value of the guest. */
export interface Export {
  readonly type: string;
  readonly name: Pointer;
}

/** An instance with user code in it, as it is in the image. */
export interface LoadedInstance {
  readonly started: Started;
  readonly machine: Machine;
  readonly exports: ReadonlyMap<string, Export>;
  /** Fuel that user code took to load. */
  readonly fuel: number;
}

/** How loading ended. Without `started` not even the engine came up. */
export type LoadingResult =
  | { ok: true; loaded: LoadedInstance }
  | { ok: false; failure: Failure; fuel: number; started?: Started };

/**
 * Makes an instance, evaluates user code in it and takes the image. The same recipe always gives the
 * same image, bit by bit.
 */
export function loadInstance(recipe: Recipe): LoadingResult {
  const { artifact, limits, observer } = recipe;
  observer?.starting();
  const started = boot(recipe);
  const isBooted = !(started instanceof Error);
  if (isBooted) observer?.interruptible(started.instance.interruptBuffer);
  observer?.started();
  if (!isBooted) return { ok: false, failure: refusal(artifact, started.message), fuel: 0 };
  const machine = new Machine(started, recipe.stateful);
  const result = evaluate(machine, artifact, limits);
  const { fuel } = result;
  if (!result.ok) {
    return { ok: false, failure: asLoadFailure(artifact, result.failure), fuel, started };
  }
  started.instance.capture();
  return { ok: true, loaded: { started, machine, exports: result.exports, fuel } };
}

function boot({ guest, limits }: Recipe): Started | EngineFault | RangeError {
  try {
    return bootQuickJs(guest, limits);
  } catch (error) {
    // The machine has no memory for another instance.
    if (error instanceof EngineFault || error instanceof RangeError) return error;
    throw error;
  }
}

type Evaluated =
  | { ok: true; exports: Map<string, Export>; fuel: number }
  | { ok: false; failure: Failure; fuel: number };

function evaluate(machine: Machine, artifact: JavaScriptArtifact, limits: Limits): Evaluated {
  const { fuel, ...result } = machine.load(artifact.code, artifact.name, limits);
  if (!result.ok) {
    return { ok: false, failure: failureOfStop(result.stop, limits.fuel, limits), fuel };
  }
  if (isFailed(result.value)) return { ok: false, failure: failureOfAnswer(result.value), fuel };
  const described = JSON.parse(result.value) as [name: string, type: string][];
  const names = machine.intern(described.map(([name]) => name), limits);
  if (!names.ok) {
    return { ok: false, failure: failureOfStop(names.stop, limits.fuel, limits), fuel };
  }
  const exports = new Map<string, Export>();
  described.forEach(([name, type], index) => {
    exports.set(name, { type, name: names.value[index] ?? 0 });
  });
  return { ok: true, exports, fuel };
}

function refusal(artifact: JavaScriptArtifact, why: string): Failure {
  return { kind: "load", message: `Cannot load ${artifact.name}: ${why}` };
}

function asLoadFailure(artifact: JavaScriptArtifact, { message, stack }: Failure): Failure {
  const failure = refusal(artifact, message);
  return stack === undefined ? failure : { ...failure, stack };
}

import type { Artifact } from "../artifact.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { bootQuickJs, type Started } from "./boot.ts";
import type { QuickJsGuest } from "./engine.ts";
import { failureOfAnswer, failureOfStop, isFailed } from "./failures.ts";
import { EngineFault } from "./imports.ts";
import { Machine } from "./machine.ts";

/** What an isolate is made of; all of it is needed again when an instance has to be replaced. */
export interface Recipe {
  readonly guest: QuickJsGuest;
  readonly artifact: Artifact;
  readonly limits: Limits;
  readonly stateful: boolean;
}

/** An export: its type as `typeof` tells, and its name as JSON. */
export interface Export {
  readonly type: string;
  readonly quotedName: string;
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
  const { artifact, limits } = recipe;
  let started: Started;
  try {
    started = bootQuickJs(recipe.guest, limits);
  } catch (error) {
    // The machine has no memory for another instance.
    if (!(error instanceof EngineFault || error instanceof RangeError)) throw error;
    return { ok: false, failure: refusal(artifact, error.message), fuel: 0 };
  }
  const machine = new Machine(started, recipe.stateful);
  const result = machine.load(artifact.code, artifact.name, limits);
  const { fuel } = result;
  const failure = result.ok
    ? isFailed(result.value) ? failureOfAnswer(result.value) : undefined
    : failureOfStop(result.stop, fuel, limits);
  if (failure !== undefined) {
    return { ok: false, failure: asLoadFailure(artifact, failure), fuel, started };
  }
  started.instance.capture();
  const exports = parseExports(result.ok ? result.value : "[]");
  return { ok: true, loaded: { started, machine, exports, fuel } };
}

function refusal(artifact: Artifact, why: string): Failure {
  return { kind: "load", message: `Cannot load ${artifact.name}: ${why}` };
}

function asLoadFailure(artifact: Artifact, { message, stack }: Failure): Failure {
  const failure = refusal(artifact, message);
  return stack === undefined ? failure : { ...failure, stack };
}

function parseExports(text: string): Map<string, Export> {
  const exports = new Map<string, Export>();
  for (const [name, type] of JSON.parse(text) as [string, string][]) {
    exports.set(name, { type, quotedName: JSON.stringify(name) });
  }
  return exports;
}

import { WasmFormatError } from "../../wasm/mod.ts";
import type { Grants, WasmArtifact } from "../artifact.ts";
import { withoutStart } from "../format_reason.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import type { Limits } from "../limits.ts";
import type { GuestLoad, GuestRecipe } from "../loaded_guest.ts";
import type { Failure } from "../outcome.ts";
import { CommandGuest } from "./command.ts";
import { failureOfRun } from "./core_failures.ts";
import { CoreInstance, type CoreParts } from "./core_instance.ts";
import { CoreLoadError } from "./errors.ts";
import { FunctionsGuest } from "./functions.ts";
import { buildFileTree, type Directory } from "./preview1/file_tree.ts";
import { prepareCoreModule } from "./prepare.ts";
import { uselessGrants } from "./useless_grants.ts";

/**
 * How a guest that is a core module is made: read, checked against what is granted, metered and compiled once;
 * then each time instantiated under the limits, initialised, and its image taken.
 */
export function coreRecipe(
  artifact: WasmArtifact,
  limits: Limits,
  observer?: InstanceObserver,
): GuestRecipe {
  const { name } = artifact;
  let parts: CoreParts | undefined;
  const load = (): GuestLoad => {
    observer?.starting();
    try {
      parts ??= prepareParts(artifact, limits);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const failure = loadFailure(name, withoutStart(error.message));
      return { ok: false, failure, isRefused: true, fuel: 0, memoryBytes: 0, output: [] };
    } finally {
      observer?.started();
    }
    return loadCoreGuest(parts, limits, observer);
  };
  return { name, load };
}

/** Makes an instance of a module and takes its image. What user code does wrong is a failure of kind `load`. */
export function loadCoreGuest(
  parts: CoreParts,
  limits: Limits,
  observer?: InstanceObserver,
): GuestLoad {
  const instance = new CoreInstance(parts, limits, observer);
  const result = instance.load();
  if (result.ok) {
    const Guest = parts.prepared.shape === "command" ? CommandGuest : FunctionsGuest;
    return { ok: true, guest: new Guest(instance, result.fuel) };
  }
  const { message } = failureOfRun(result.stop, limits.fuel, limits, instance.stderrTail);
  return {
    ok: false,
    failure: loadFailure(parts.name, message),
    isRefused: false,
    fuel: result.fuel,
    memoryBytes: instance.residentBytes(),
    output: instance.world.output.take(),
  };
}

function prepareParts({ bytes, name, grants }: WasmArtifact, limits: Limits): CoreParts {
  const prepared = prepareCoreModule(bytes, limits);
  const refusals = uselessGrants(prepared, grants);
  if (refusals.length > 0) throw new CoreLoadError(refusals);
  return { prepared, name, args: grants?.args ?? [], files: directoryOf(grants) };
}

function directoryOf(grants: Grants | undefined): Directory | undefined {
  return grants === undefined || grants.files.size === 0 ? undefined : buildFileTree(grants.files);
}

function isRefusal(error: unknown): error is Error {
  return error instanceof CoreLoadError || error instanceof WasmFormatError;
}

function loadFailure(name: string, why: string): Failure {
  return { kind: "load", message: `Cannot load ${name}: ${why}` };
}

import { Account } from "./abi/account.ts";
import { decodeComponent } from "./binary/decode.ts";
import type { DecodedComponent } from "./binary/definitions.ts";
import { describeExtern, type ExternDescription } from "./describe.ts";
import { ComponentLoadError, unsupported } from "./errors.ts";
import { type CoreModuleShape, shapeOf } from "./link/core_modules.ts";
import { GrantedImports, type Grants, madeUpImports } from "./link/grants.ts";
import { type ImportSource, Linker } from "./link/linker.ts";
import { type Instance, Scope } from "./link/scope.ts";
import { hasTypesOnly } from "./link/types_only.ts";
import { Work } from "./link/work.ts";
import type { Store } from "./store.ts";

/** A component that was read and checked, and what is known of it without running it. */
export interface Component {
  /** Its core modules in order of appearance, those of nested components included: parts of the file. */
  coreModules: readonly Uint8Array[];
  /** How many instances of them there will be. */
  coreInstances: number;
  /** What it asks of its host: not the types without resources, which it says all about itself. */
  imports: readonly ExternDescription[];
  exports: readonly ExternDescription[];
  /** How it is made, for `loadComponent`. */
  blueprint: Blueprint;
}

/** What linking goes by. */
export interface Blueprint {
  decoded: DecodedComponent;
  shapes: readonly CoreModuleShape[];
}

/**
 * Reads a component and checks what its types say.
 *
 * @throws ComponentFormatError where it is malformed, not valid, or uses what is refused;
 * ComponentLoadError where looking at it takes too much, or its parts do not fit together.
 */
export function readComponent(bytes: Uint8Array): Component {
  const decoded = decodeComponent(bytes);
  const blueprint = { decoded, shapes: shapesOf(decoded) };
  const work = new Work();
  const madeUp = madeUpImports(work);
  const imports: ExternDescription[] = [];
  const exports = lookAt(blueprint, work, (name, type, scope, offset) => {
    const isSelfContained = type.sort === "type" && type.equals !== null ||
      hasTypesOnly(type, scope, offset);
    const extern = madeUp(name, type, scope, offset);
    if (!isSelfContained) imports.push(describeExtern(name, extern));
    return extern;
  });
  return {
    coreModules: decoded.coreModules.map((module) => module.bytes),
    coreInstances: work.coreInstances,
    imports,
    exports: [...exports].map(([name, extern]) => describeExtern(name, extern)),
    blueprint,
  };
}

/** Most imports and exports of all core modules: what is known of each is kept. */
const MOST_CORE_EXTERNS = 200_000;

function shapesOf({ coreModules }: DecodedComponent): CoreModuleShape[] {
  let externs = 0;
  return coreModules.map((module) => {
    const shape = shapeOf(module);
    externs += shape.imports.length + shape.exports.length;
    if (externs <= MOST_CORE_EXTERNS) return shape;
    const what = `core modules with more than ${MOST_CORE_EXTERNS} imports and exports in all`;
    throw unsupported(what, module.offset);
  });
}

/**
 * Checks that a component imports only what is granted, with the same types. Nothing of it runs.
 *
 * @throws ComponentLoadError that names everything that is not granted.
 */
export function checkGrants({ blueprint }: Component, grants: Grants): void {
  const work = new Work();
  const granted = new GrantedImports(grants, work);
  lookAt(blueprint, work, granted.collectingSource);
  if (granted.refusals.length > 0) throw new ComponentLoadError(granted.refusals);
}

/** Goes through a component as instantiating it does, with types alone. */
function lookAt({ decoded, shapes }: Blueprint, work: Work, source: ImportSource): Instance {
  const account = new Account(NOTHING_RUNS, 0);
  const linker = new Linker({ shapes, account, runs: false, work });
  return linker.instantiate({ definition: decoded.root, scope: new Scope(null) }, source);
}

function nothingRuns(): never {
  throw new TypeError("Cannot run a component of which only the types are looked at");
}

const NOTHING_RUNS: Store = {
  instantiate: nothingRuns,
  spend: nothingRuns,
  stopForMemory: nothingRuns,
  wrote: nothingRuns,
};

import { compileCore, type CoreCode } from "../core_code.ts";
import type { Limits } from "../limits.ts";
import { World } from "../world/world.ts";
import { checkGrants, type Component, readComponent } from "./component.ts";
import { ComponentLoadError } from "./errors.ts";
import { wasiInterfaces } from "./wasi/mod.ts";

/** Most core modules of a component: compiling one takes its time, however small it is. */
const MOST_CORE_MODULES = 200;

/** A component that was read and checked, with its core modules metered and compiled. */
export interface PreparedComponent {
  component: Component;
  coreModules: readonly CoreCode[];
}

/**
 * Reads a component, checks that it imports only what is granted, and meters and compiles its core modules.
 * Nothing of it runs.
 *
 * @throws ComponentFormatError, ComponentLoadError or WasmFormatError for what cannot be taken.
 */
export function prepareComponent(bytes: Uint8Array, limits: Limits): PreparedComponent {
  const component = readComponent(bytes);
  const { length } = component.coreModules;
  if (length > MOST_CORE_MODULES) {
    throw new ComponentLoadError([
      `has ${length} core modules: at most ${MOST_CORE_MODULES} are taken`,
    ]);
  }
  checkGrants(component, wasiInterfaces(new World({ outputBytes: 0 }), NO_HOST));
  const group = component.coreInstances === 1 ? "sole" : "member";
  const options = { group, hostCallsBack: true } as const;
  const coreModules = component.coreModules.map((module) =>
    compileCore(module, options, limits, invalid)
  );
  return { component, coreModules };
}

function nothingRuns(): never {
  throw new TypeError("Cannot run a component that is only checked");
}

const NO_HOST = { spend: nothingRuns, stopForMemory: nothingRuns, exit: nothingRuns };

function invalid(cause: unknown): ComponentLoadError {
  return new ComponentLoadError(["has a core module that is not valid"], { cause });
}

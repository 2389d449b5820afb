import { FUEL_PER_IMPORT } from "../../world/prices.ts";
import type { World } from "../../world/world.ts";
import type { HostFunction, HostInterface } from "../host.ts";
import type { ResourceType } from "../types.ts";
import type { WasiHost } from "./host.ts";

/** The version of WASI that is implemented. All of 0.2 has the same types, or fewer functions. */
export const WASI_VERSION = "0.2.12";

/** What an interface works on. Whatever a component can change of it, {@linkcode World.begin} puts back. */
export interface WasiContext {
  readonly world: World;
  readonly host: WasiHost;
}

/**
 * Makes an interface whose functions each cost {@linkcode FUEL_PER_IMPORT} before they do anything.
 *
 * @param name without version: `wasi:cli/stdout`.
 * @param resources those that the interface defines or uses.
 */
export function defineInterface(
  { host }: WasiContext,
  name: string,
  resources: readonly ResourceType[],
  functions: Readonly<Record<string, HostFunction>>,
): HostInterface {
  const charged = ({ type, call }: HostFunction): HostFunction => ({
    type,
    call: (...args) => {
      host.spend(FUEL_PER_IMPORT);
      return call(...args);
    },
  });
  return {
    name,
    version: WASI_VERSION,
    resources: new Map(resources.map((type) => [type.name, { type }])),
    functions: new Map(Object.entries(functions).map(([name, it]) => [name, charged(it)])),
  };
}

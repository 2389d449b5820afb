import { MeteredGroup, type Stop } from "../../wasm/mod.ts";
import { coreCaps } from "../core_code.ts";
import type { InstanceObserver } from "../instance_observer.ts";
import { compiledStackBytes, type Limits } from "../limits.ts";
import { World } from "../world/world.ts";
import { type Callable, callablesOf } from "./callables.ts";
import { Exit } from "./component_failures.ts";
import { loadComponent, type LoadedComponent } from "./loaded.ts";
import type { PreparedComponent } from "./prepare.ts";
import { WarmUp } from "./warm_up.ts";
import { wasiInterfaces } from "./wasi/mod.ts";

/** Least bytes of the host's memory that the values of a call may take; most of the machine's is not ours. */
const LEAST_VALUE_BYTES = 16 * 2 ** 20;
const MOST_VALUE_BYTES = 240 * 2 ** 20;

/** Bytes of the host's memory that a byte of a result's text may stand for. */
const VALUE_BYTES_PER_TEXT_BYTE = 16;

/** What a guest is instantiated from. */
export interface Making {
  prepared: PreparedComponent;
  name: string;
  limits: Limits;
  observer: InstanceObserver | undefined;
}

/** An instantiated component, its image not taken yet; or why there is none. */
export type Made =
  & { group: MeteredGroup; world: World; fuel: number }
  & ({ ok: true; parts: Parts; warmUp: WarmUp } | { ok: false; stop: Stop });

/** Instantiates a component in a world of its own, under the limits. */
export function instantiateGuest({ prepared, name, limits, observer }: Making): Made {
  const world = new World({ outputBytes: limits.outputBytes, args: [name] });
  const group = new MeteredGroup(coreCaps(limits), (buffer) => observer?.interruptible(buffer));
  const warmUp = new WarmUp();
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
        const exports = group.instantiate(core.module, core.layout, imports);
        warmUp.note(exports);
        return exports;
      },
      spend: (units) => group.spend(units),
      stopForMemory: () => group.stop("memory"),
      wrote: (memory, address, length) => group.wrote(memory, address, length),
    }, { grants, mostBytes: mostValueBytes(limits) });
    return { component, callables: callablesOf(component) };
  });
  world.end();
  const { fuel } = result;
  if (!result.ok) return { ok: false, stop: result.stop, group, world, fuel };
  const parts = { ...result.value, group, world, limits, fuel, sleptBefore: world.clock.slept };
  return { ok: true, parts, warmUp, group, world, fuel };
}

function mostValueBytes({ outputBytes }: Limits): number {
  const wanted = Math.max(outputBytes * VALUE_BYTES_PER_TEXT_BYTE, LEAST_VALUE_BYTES);
  return Math.min(wanted, MOST_VALUE_BYTES);
}

/** What a loaded guest consists of. */
export interface Parts {
  readonly component: LoadedComponent;
  readonly callables: ReadonlyMap<string, Callable>;
  readonly group: MeteredGroup;
  readonly world: World;
  readonly limits: Limits;
  readonly fuel: number;
  /** Nanoseconds that it slept while it was loaded. */
  readonly sleptBefore: number;
}

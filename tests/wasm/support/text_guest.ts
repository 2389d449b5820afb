import { meter, MeteredInstance, type MeterOptions, type RunResult } from "../../../wasm/mod.ts";
import { AMPLE, callExport, plain } from "./guests.ts";
import { wat } from "./wat.ts";

/** A metered instance of a module written as text. */
export function guestOf(
  source: string,
  imports: WebAssembly.Imports = {},
  options: MeterOptions = {},
): MeteredInstance {
  const { bytes, layout } = meter(wat(source), options);
  return MeteredInstance.create(new WebAssembly.Module(bytes), layout, imports);
}

/** Calls an export under a budget. */
export function runExport(
  guest: MeteredInstance,
  name: string,
  args: unknown[] = [],
  budget = AMPLE,
): RunResult<unknown> {
  return guest.run(budget, () => plain(callExport(guest.exports, name, args)));
}

/** Why a run stopped; its value if it did not. */
export function ending(result: RunResult<unknown>): unknown {
  return result.ok ? result.value : result.stop.reason;
}

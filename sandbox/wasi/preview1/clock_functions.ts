import { CLOCK_EPOCH_MS, type VirtualClock } from "../../world/clock.ts";
import type { WasiContext } from "./context.ts";
import { fail } from "./errno.ts";
import type { WasiFunctions } from "./signatures.ts";

/** Numbers of the clocks. */
export const CLOCK = { realtime: 0, monotonic: 1, process: 2, thread: 3 } as const;

/** The epoch in nanoseconds since 1970. */
export const EPOCH_NS = BigInt(CLOCK_EPOCH_MS) * 1_000_000n;

const RESOLUTION_NS = 1n;

/** The virtual clock, which only the guest's own work and its sleep move. */
export function clockFunctions({ memory, world: { clock } }: WasiContext): WasiFunctions {
  return {
    clock_res_get: (id: number, result: number) => {
      checkClock(id);
      memory.writeU64(result, RESOLUTION_NS);
    },
    clock_time_get: (id: number, _precision: bigint, result: number) => {
      memory.check(result, 8);
      memory.writeU64(result, timeOf(clock, id));
    },
  };
}

/** Refuses a clock that there is not. */
export function checkClock(id: number): void {
  if (id > CLOCK.thread) fail("inval");
}

/** What a clock shows, in nanoseconds. Those of the process and the thread stand still in sleep. */
export function timeOf(clock: VirtualClock, id: number): bigint {
  checkClock(id);
  if (id === CLOCK.realtime) return clock.nanosecondsSince1970();
  return BigInt(id === CLOCK.monotonic ? clock.nanoseconds() : clock.nanoseconds() - clock.slept);
}

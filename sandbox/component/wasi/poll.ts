import { CLOCK_END_NS, type VirtualClock } from "../../world/clock.ts";
import type { HostInterface } from "../host.ts";
import { ComponentTrap } from "../errors.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { POLLABLE } from "./resources.ts";
import { bool, borrow, func, list, method, u32 } from "./signatures.ts";
import { listOf, pollableOf } from "./values.ts";

/** Most pollables that may be waited for at once. */
const MOST_POLLABLES = 1000;

/** What each pollable of a list costs. */
const FUEL_PER_POLLABLE = 600;

/** `wasi:io/poll`: waiting moves the virtual clock on, and takes no time. */
export function pollInterface(context: WasiContext): HostInterface {
  const { clock } = context.world;
  return defineInterface(context, "wasi:io/poll", [POLLABLE], {
    "[method]pollable.ready": {
      type: method(POLLABLE, {}, bool),
      call: (self) => pollableOf(self).readyAt <= clock.nanoseconds(),
    },
    "[method]pollable.block": {
      type: method(POLLABLE),
      call: (self) => wait(clock, pollableOf(self).readyAt),
    },
    "poll": {
      type: func({ in: list(borrow(POLLABLE)) }, list(u32)),
      call: (pollables) => {
        const { length } = listOf(pollables);
        checkLength(length);
        context.host.spend(FUEL_PER_POLLABLE * length);
        const times = listOf(pollables).map((pollable) => pollableOf(pollable).readyAt);
        wait(clock, times.reduce((first, time) => time < first ? time : first));
        const now = BigInt(clock.nanoseconds());
        return times.flatMap((time, index) => time <= now ? [index] : []);
      },
    },
  });
}

function checkLength(length: number): void {
  if (length > 0 && length <= MOST_POLLABLES) return;
  throw new ComponentTrap(
    `cannot poll as the list must have 1 to ${MOST_POLLABLES} pollables: it has ${length}`,
  );
}

function wait(clock: VirtualClock, time: bigint): undefined {
  if (time > CLOCK_END_NS) {
    throw new ComponentTrap(
      `cannot wait for ${time} ns on the clock as nothing is ready then: the clock ends at ${CLOCK_END_NS} ns`,
    );
  }
  clock.sleepUntil(Number(time));
}

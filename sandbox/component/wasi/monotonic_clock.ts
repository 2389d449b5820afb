import type { HostInterface } from "../host.ts";
import { Handle } from "../types.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { POLLABLE, Pollable } from "./resources.ts";
import { func, own, u64 } from "./signatures.ts";
import { bigintOf } from "./values.ts";

const instant = u64;
const duration = u64;

/** `wasi:clocks/monotonic-clock`: nanoseconds of the virtual clock. */
export function monotonicClockInterface(context: WasiContext): HostInterface {
  const now = () => BigInt(context.world.clock.nanoseconds());
  return defineInterface(context, "wasi:clocks/monotonic-clock", [POLLABLE], {
    "now": { type: func({}, instant), call: now },
    "resolution": { type: func({}, duration), call: () => 1n },
    "subscribe-instant": {
      type: func({ when: instant }, own(POLLABLE)),
      call: (when) => new Handle(POLLABLE, new Pollable(bigintOf(when))),
    },
    "subscribe-duration": {
      type: func({ when: duration }, own(POLLABLE)),
      call: (when) => new Handle(POLLABLE, new Pollable(now() + bigintOf(when))),
    },
  });
}

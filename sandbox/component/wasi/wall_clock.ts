import type { HostInterface } from "../host.ts";
import { datetime, toDatetime } from "./datetime.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { func } from "./signatures.ts";

/** `wasi:clocks/wall-clock`: the virtual clock as a date, from the epoch of every isolate on. */
export function wallClockInterface(context: WasiContext): HostInterface {
  const { clock } = context.world;
  return defineInterface(context, "wasi:clocks/wall-clock", [], {
    "now": { type: func({}, datetime), call: () => toDatetime(clock.nanosecondsSince1970()) },
    "resolution": { type: func({}, datetime), call: () => toDatetime(1n) },
  });
}

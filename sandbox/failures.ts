import type { Stop } from "../wasm/mod.ts";
import type { Limits } from "./limits.ts";
import type { Failure } from "./outcome.ts";
import { trapMessage } from "./trap_message.ts";

/**
 * The failure of a call whose arguments do not fit: nothing of the guest has run.
 *
 * @param name The function.
 * @param why What is wrong with which argument.
 */
export function failureOfArguments(name: string, why: string): Failure {
  return { kind: "exception", message: `Cannot call ${name} with these arguments: ${why}` };
}

/** The failure of a call that the meter or the guest's own fault ended. */
export function failureOfStop(stop: Stop, fuel: number, limits: Limits): Failure {
  switch (stop.reason) {
    case "fuel":
      return { kind: "fuel", message: `used up its fuel of ${fuel} units` };
    case "stack":
      return {
        kind: "stack",
        message: `calls are nested too deeply for a stack of ${limits.stackBytes} bytes`,
      };
    case "memory":
      return { kind: "memory", message: `needs more than ${limits.memoryBytes} bytes of memory` };
    case "interrupt":
      return { kind: "deadline", message: `took longer than ${limits.deadlineMs} ms` };
    case "trap":
    case "host":
      return { kind: "crash", message: trapMessage(stop) };
  }
}

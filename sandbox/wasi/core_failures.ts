import type { Stop } from "../../wasm/mod.ts";
import { failureOfStop } from "../failures.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { GuestExit, GuestFault } from "./preview1/endings.ts";
import type { StreamTail } from "./preview1/stream_tail.ts";

/** The failure of a run that was stopped, or that the guest itself ended. */
export function failureOfRun(
  { cause, ...rest }: Stop,
  fuel: number,
  limits: Limits,
  stderr: StreamTail,
): Failure {
  if (cause instanceof GuestFault) return { kind: cause.kind, message: cause.message };
  if (cause instanceof GuestExit) return failureOfExit(cause, stderr);
  return failureOfStop({ cause, ...rest }, fuel, limits);
}

function failureOfExit({ message }: GuestExit, stderr: StreamTail): Failure {
  const said = stderr.lastLines();
  return { kind: "exception", message: said === "" ? message : `${message}: ${said}` };
}

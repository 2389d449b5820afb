import type { Stop } from "../../wasm/mod.ts";
import { failureOfStop } from "../failures.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { GuestExit, GuestFault } from "./preview1/endings.ts";
import type { StreamTail } from "./preview1/stream_tail.ts";

/**
 * The failure of a run that was stopped, or that the guest itself ended.
 *
 * @param advice what follows the message where the guest exited.
 */
export function failureOfRun(
  { cause, ...rest }: Stop,
  fuel: number,
  limits: Limits,
  stderr: StreamTail,
  advice = "",
): Failure {
  if (cause instanceof GuestFault) return { kind: cause.kind, message: cause.message };
  if (cause instanceof GuestExit) return failureOfExit(cause, stderr, advice);
  return failureOfStop({ cause, ...rest }, fuel, limits);
}

function failureOfExit({ message }: GuestExit, stderr: StreamTail, advice: string): Failure {
  const said = stderr.lastLines();
  const all = said === "" ? message : `${message}: ${said}`;
  return { kind: "exception", message: all + advice };
}

import { STOP } from "./additions.ts";

/** What one run may use. */
export interface Budget {
  /** Units of fuel: a safe integer. */
  fuel: number;
  /** Bytes of native stack by the meter's estimate. */
  stackBytes: number;
}

/**
 * Why a run ended without a value: `fuel`, `stack` and `memory` are limits; `interrupt` came from another
 * thread; `trap` is the guest's own
 * fault (unreachable, out of bounds, an exception not caught, …); `host` is an exception that an import threw.
 */
export interface Stop {
  reason: "fuel" | "stack" | "memory" | "interrupt" | "trap" | "host";
  message: string;
  cause: unknown;
}

/** How a run ended, and the fuel it took. */
export type RunResult<T> =
  | { ok: true; value: T; fuel: number }
  | { ok: false; stop: Stop; fuel: number };

/** Thrown through the guest where the host ends a run. */
export class HostStop extends Error {
  override readonly name = "HostStop";
}

/** Fuel of a guest that must not go on, though it may have caught what the host threw. */
export const SPENT = -(2n ** 62n);

/**
 * Says why a run stopped.
 *
 * @param reason What stands in the guest's `stop`.
 * @param cause What was thrown.
 * @param refused Whether the guest was refused more memory in this run: then a trap is for want of it.
 */
export function classifyStop(reason: number, cause: unknown, refused: boolean): Stop {
  switch (reason) {
    case STOP.fuel:
      return { reason: "fuel", message: "ran out of fuel", cause };
    case STOP.stack:
      return { reason: "stack", message: "calls are nested too deeply", cause };
    case STOP.interrupt:
      return { reason: "interrupt", message: "was interrupted", cause };
    case STOP.memory:
      return { reason: "memory", message: "ran out of memory", cause };
  }
  const isTrap = isGuestsFault(cause);
  if (isTrap && refused) return { reason: "memory", message: "ran out of memory", cause };
  const message = cause instanceof Error ? cause.message : String(cause);
  return { reason: isTrap ? "trap" : "host", message, cause };
}

/** The class of exceptions that guests throw; TypeScript does not know it yet. */
const GuestException: unknown = Reflect.get(WebAssembly, "Exception");

/** A trap, or an exception that the guest threw and did not catch. */
function isGuestsFault(cause: unknown): boolean {
  return cause instanceof WebAssembly.RuntimeError ||
    (typeof GuestException === "function" && cause instanceof GuestException);
}

import { type Stop, WasmFormatError } from "../../wasm/mod.ts";
import { failureOfStop } from "../failures.ts";
import { withoutStart } from "../format_reason.ts";
import type { Limits } from "../limits.ts";
import type { Failure } from "../outcome.ts";
import { ComponentFormatError, ComponentLoadError, LiftLimitError } from "./errors.ts";

/** Thrown through a component that ends its call by `wasi:cli/exit`. */
export class Exit extends Error {
  override readonly name = "Exit";
}

/** Whether an error says that a component cannot be taken. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof ComponentFormatError || error instanceof ComponentLoadError ||
    error instanceof WasmFormatError;
}

/** Why a component was refused, without what the message that it becomes part of says already. */
export function reasonOf(error: Error): string {
  return withoutStart(error.message);
}

/** The failure of a run that ended without a value. */
export function failureOf(stop: Stop, fuel: number, limits: Limits): Failure {
  const { cause } = stop;
  if (cause instanceof Exit) return { kind: "exception", message: cause.message };
  if (cause instanceof LiftLimitError) {
    return {
      kind: "bad-output",
      message: `its values take more than ${cause.limit} bytes of the host's memory`,
    };
  }
  if (cause instanceof ComponentLoadError) {
    return { kind: "crash", message: reasonOf(cause) };
  }
  return failureOfStop(stop, fuel, limits);
}

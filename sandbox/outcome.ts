import type { Value } from "./values/value.ts";

/** Why a call gave no value. The set is closed. */
export const FAILURE_KINDS = [
  "exception",
  "fuel",
  "deadline",
  "memory",
  "stack",
  "crash",
  "bad-output",
  "load",
] as const;

/** One of {@linkcode FAILURE_KINDS}. */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** What went wrong inside an isolate, as plain data. */
export interface Failure {
  kind: FailureKind;
  /** For the person who reads it; at most a few kilobytes. */
  message: string;
  /** The guest's stack trace, mapped back to the user's files where a source map is known. */
  stack?: string;
}

/**
 * What a call used. `fuel` and `memoryBytes` are deterministic; `wallMs` is not. A call after which the guest
 * has to be loaded anew, as its memory has grown, has the fuel of that load in its own, beyond the limit if
 * it must be.
 */
export interface Usage {
  fuel: number;
  /** Bytes of guest memory in use: pages that are not zero in the image or were written by the call. */
  memoryBytes: number;
  wallMs: number;
}

/** The console method that wrote a line. */
export type OutputLevel = "debug" | "log" | "info" | "warn" | "error";

/** One captured `console` call. */
export interface OutputLine {
  level: OutputLevel;
  text: string;
}

/** What a call into an isolate gives: never a throw. */
export type Outcome =
  & { usage: Usage; output: OutputLine[] }
  & ({ ok: true; value: Value } | { ok: false; failure: Failure });

/** The outcome of a call that has no result of its own. */
export const NOTHING: Outcome = {
  ok: true,
  value: undefined,
  usage: { fuel: 0, memoryBytes: 0, wallMs: 0 },
  output: [],
};

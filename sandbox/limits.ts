import * as z from "zod";

/** What an isolate may use in one call. Every limit is hard. */
export interface Limits {
  /** Most bytes of WebAssembly memory the guest may have: the memory's own maximum. */
  memoryBytes: number;
  /** Most fuel one call may use. Some seven units take a nanosecond; the count is deterministic. */
  fuel: number;
  /** Most milliseconds of wall-clock time for one call, watched from outside of the thread. */
  deadlineMs: number;
  /** Most bytes of an encoded result, and most bytes of captured console output. */
  outputBytes: number;
  /**
   * Most bytes of native stack, by the meter's deterministic estimate, which is on the safe side: some
   * three times what JavaScript takes in fact, and twice what compiled code does.
   */
  stackBytes: number;
}

const MIB = 1024 * 1024;

/** Limits that suit a function which should answer within a second. */
export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
  memoryBytes: 64 * MIB,
  fuel: 2_000_000_000,
  deadlineMs: 10_000,
  outputBytes: MIB,
  stackBytes: MIB,
});

/**
 * Bytes of native stack that compiled code may have by the meter's estimate. That estimate is nearly exact for
 * it, where it counts JavaScript's frames three times; half leaves room for what stands on the stack before.
 */
export function compiledStackBytes({ stackBytes }: Pick<Limits, "stackBytes">): number {
  return Math.floor(stackBytes / 2);
}

/** Parses limits that came from outside; what is left out takes its default. */
export const limitsSchema: z.ZodType<Limits, Partial<Limits> | undefined> = z.strictObject({
  memoryBytes: z.int().min(8 * MIB).max(2048 * MIB).default(DEFAULT_LIMITS.memoryBytes),
  fuel: z.int().min(1).default(DEFAULT_LIMITS.fuel),
  deadlineMs: z.int().min(1).max(86_400_000).default(DEFAULT_LIMITS.deadlineMs),
  outputBytes: z.int().min(1).max(256 * MIB).default(DEFAULT_LIMITS.outputBytes),
  stackBytes: z.int().min(4096).max(1536 * 1024).default(DEFAULT_LIMITS.stackBytes),
}).prefault({});

import type { ArmResult } from "../evaluate/case_result.ts";

/** What one arm did in the judged cases of a run. */
export interface ArmSummary {
  /** Judged cases that the arm passed. */
  passed: number;
  /** Judged cases. */
  total: number;
  /** Calls of the arm's function: source calls and follow-ups. */
  calls: number;
  /** Fuel of all calls together. */
  fuel: number;
  /** Most guest memory that a call used, in bytes. */
  memoryBytes: number;
  /** Wall-clock time of all calls together, in milliseconds. */
  wallMs: number;
  /** Number of cases by the kind of the first failure. */
  failures: Map<string, number>;
}

/** An arm that has done nothing yet. */
export function emptyArm(): ArmSummary {
  return {
    passed: 0,
    total: 0,
    calls: 0,
    fuel: 0,
    memoryBytes: 0,
    wallMs: 0,
    failures: new Map(),
  };
}

/** Adds what the arm did in one case. */
export function addArmResult(arm: ArmSummary, result: ArmResult): void {
  arm.total++;
  if (result.passed) arm.passed++;
  arm.calls += result.calls;
  arm.fuel += result.usage.fuel;
  arm.memoryBytes = Math.max(arm.memoryBytes, result.usage.memoryBytes);
  arm.wallMs += result.usage.wallMs;
  if (result.failure === undefined) return;
  arm.failures.set(result.failure, (arm.failures.get(result.failure) ?? 0) + 1);
}

import { encode } from "../../sandbox/values/codec.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { ArmResult, JudgedCase, Violation } from "../../src/evaluate/case_result.ts";

/** An arm's result with given violations; it passed where there are none. */
export function armResult(
  violations: Violation[] = [],
  changes: Partial<ArmResult> = {},
): ArmResult {
  return {
    passed: violations.length === 0,
    violations,
    warnings: [],
    checked: ["permute", "append"],
    metrics: [],
    usage: { fuel: 1000, memoryBytes: 4096, wallMs: 0.25 },
    calls: 3,
    outputDigest: "00",
    ...changes,
  };
}

/** A judged case. */
export function judged(
  index: number,
  baseline: ArmResult,
  candidate: ArmResult,
  input: Value = [index],
): JudgedCase {
  const inputSize = encode(input).length;
  return { index, valid: true, inputDigest: "00", inputSize, input, arms: { baseline, candidate } };
}

/** A property of the output that did not hold. */
export function broken(name: string, message = "does not hold"): Violation {
  return { kind: "property", name, message };
}

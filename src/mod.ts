/**
 * Cupel as a library: evaluate a candidate against a baseline, or run one untrusted function.
 *
 * @example
 * ```ts
 * import { evaluateFiles } from "cupel";
 *
 * const report = await evaluateFiles({
 *   task: "examples/top-k/task.ts",
 *   baseline: "examples/top-k/baseline.ts",
 *   candidate: "examples/top-k/heap.ts",
 * });
 * if (report.verdict !== "adopt") throw new Error(report.reason);
 * ```
 *
 * @module
 */
export { CupelError, type ErrorCode } from "./errors.ts";
export { DEFAULT_POLICY, type Policy } from "./gate/policy.ts";
export type { PolicyInput } from "./gate/policy_schema.ts";
export { parsePolicyText } from "./gate/policy_text.ts";
export { parsePolicyToml } from "./gate/policy_toml.ts";
export type { RuleResult, RuleStatus } from "./gate/rule.ts";
export type { Verdict } from "./gate/verdict.ts";
export { formatValue } from "./report/format_value.ts";
export { reportJson } from "./report/json.ts";
export type { ArmReport, Report, ViolationReport } from "./report/report.ts";
export { reportText } from "./report/text.ts";
export {
  type Replay,
  replayFiles,
  type ReplayFilesOptions,
  type ReplayOptions,
  replayReport,
} from "./replay.ts";
export { VERSION } from "./version.ts";
export { SandboxError } from "../sandbox/errors.ts";
export { DEFAULT_LIMITS, type Limits } from "../sandbox/limits.ts";
export type { Failure, FailureKind, Outcome, Usage } from "../sandbox/outcome.ts";
export type { Value } from "../sandbox/values/value.ts";
export {
  DEFAULT_SHRINK_TRIES,
  evaluateFiles,
  type EvaluateFilesOptions,
  MOST_CASES,
  MOST_SHRINK_TRIES,
  MOST_WORKERS,
} from "./evaluate_files.ts";
export { MOST_REPETITIONS } from "./evaluate/run_spec.ts";
export { checkTask, type CheckTaskOptions } from "./mutate/check_task.ts";
export type { CheckTaskReport } from "./mutate/report.ts";
export {
  type SuggestOptions,
  suggestRelations,
  type SuggestReport,
} from "./suggest/suggest_relations.ts";
export { runFile, type RunFileOptions } from "./run_file.ts";

import type { Limits } from "../../sandbox/limits.ts";
import type { Arm, Violation } from "../evaluate/case_result.ts";
import type { Policy } from "../gate/policy.ts";
import type { RuleResult } from "../gate/rule.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { PairedDifference } from "../stats/paired_difference.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import type { PassRate } from "../stats/pass_rate.ts";
import type { InvalidCase, RelationSummary } from "./summary.ts";

/** Version of {@linkcode Report}'s shape; it grows when a key changes its meaning or goes away. */
export const REPORT_SCHEMA_VERSION = 1;

/** An artifact by its name and hash. */
export interface ArtifactReference {
  /** Base name of the file it was made from. */
  name: string;
  sha256: string;
}

/** One arm in a report: its pass rate and what its calls used. */
export interface ArmReport extends PassRate {
  calls: number;
  /** `mean` is for one call, `null` without calls. */
  fuel: { total: number; mean: number | null };
  /** Most guest memory that a call used. */
  memoryBytes: number;
  /** Cases by the kind of the first failure of a call. */
  failures: Record<string, number>;
  wallMs: number;
}

/** What one arm broke, with the smallest failing input. */
export interface ViolationReport {
  arm: Arm;
  kind: Violation["kind"];
  name: string;
  cases: number;
  smallest: {
    index: number;
    message: string;
    /** The input in JavaScript's literal syntax, cut where it is long. */
    text: string;
    /** The input as JSON with the value codec's tags; left out where it was too large to keep. */
    input?: unknown;
  };
}

/**
 * A run's report as plain data, ready for `JSON.stringify`. The order of the keys is fixed. Everything
 * but the values of keys named `wallMs` is determined by the run's artifacts, seed, n, limits and
 * policy.
 */
export interface Report {
  schemaVersion: typeof REPORT_SCHEMA_VERSION;
  cupelVersion: string;
  verdict: Verdict;
  /** Why, for a person. */
  reason: string;
  run: {
    task: string;
    entry: string;
    n: number;
    seed: number;
    limits: Limits;
    artifacts: Record<"task" | Arm, ArtifactReference>;
  };
  cases: { requested: number; judged: number; invalid: number; firstInvalid: InvalidCase[] };
  arms: Record<Arm, ArmReport>;
  /** Candidate minus baseline. */
  difference: PairedDifference & {
    regressions: number;
    firstRegression: number | null;
    improvements: number;
    table: PairedTable;
  };
  /** Candidate's fuel for the same cases over the baseline's; `null` where that is 0. */
  fuelRatio: number | null;
  relations: RelationSummary[];
  violations: ViolationReport[];
  /** Number of violations beyond those listed. */
  violationsDropped: number;
  gate: { policy: Policy; rules: RuleResult[] };
  /** Wall-clock time of the whole run. */
  wallMs: number;
}

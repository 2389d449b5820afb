import type { Artifact } from "../../sandbox/artifact.ts";
import type { Limits } from "../../sandbox/limits.ts";
import type { GroupSummary } from "../collect/group_summary.ts";
import type { RelationCount } from "../collect/relation_summary.ts";
import type { InvalidSummary } from "../collect/summary.ts";
import type { UnstableSummary } from "../collect/unstable_summary.ts";
import type { Arm, Violation } from "../evaluate/case_result.ts";
import type { RelationDescription } from "../evaluate/task_description.ts";
import type { DifferenceMethod } from "../gate/difference_interval.ts";
import type { ClusterEvidence, Estimate, MetricEvidence } from "../gate/evidence.ts";
import type { Policy } from "../gate/policy.ts";
import type { RuleResult } from "../gate/rule.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { Interval } from "../stats/interval.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import type { PassRate } from "../stats/pass_rate.ts";
import type { PackedSources } from "./sources.ts";

/** Version of {@linkcode Report}'s shape; it grows when a key changes its meaning or goes away. */
export const REPORT_SCHEMA_VERSION = 2;

/** An artifact by its kind, name and hash. */
export interface ArtifactReference {
  kind: Artifact["kind"];
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

/** A case that shows a violation. */
export interface CounterexampleReport {
  /** Index of the case: `cupel replay` runs it again. */
  index: number;
  message: string;
  /** For a failure: where in the arm's code. */
  stack?: string;
  /** The call in JavaScript's literal syntax, or as the task formats it; cut where it is long. */
  text: string;
  /** The input as JSON with the value codec's tags; left out where it was too large to keep. */
  input?: unknown;
}

/** A counterexample made as small as it would get, run once more from nothing. */
export interface ShrunkReport extends CounterexampleReport {
  /** Which child at each level of the shrink tree of case `index`. */
  path: number[];
  /** What the arm answered, like `text`; or how it failed. */
  output: string;
  /** For a relation: the follow-up, and what the arm answered to it. */
  followUp: { text: string; output: string } | null;
  /** Inputs that were tried. */
  tries: number;
  /** Why shrinking ended: nothing smaller breaks the same thing, or a bound was met. */
  ended: "minimal" | "tries" | "fuel";
  /** Whether the fresh run broke the same thing: if not, the arm answers differently from time to time. */
  confirmed: boolean;
}

/** What one arm broke, with the smallest failing input that was generated, and what it shrank to. */
export interface ViolationReport {
  arm: Arm;
  kind: Violation["kind"];
  name: string;
  /** A hard one decides whether a case passes, a soft one is only reported. */
  severity: "hard" | "soft";
  /** What the task says that it is for; empty if nothing. */
  description: string;
  cases: number;
  smallest: CounterexampleReport;
  /** `null` where nothing smaller was looked for; with an empty path where nothing smaller was found. */
  shrunk: ShrunkReport | null;
}

/** A relation with how often it was checked and failed on each arm. */
export type RelationReport = RelationDescription & Record<Arm, RelationCount>;

/**
 * A run's report as plain data, ready for `JSON.stringify`. The order of the keys is fixed. Everything
 * but the values of keys named `wallMs` is determined by the run's artifacts, seed, n, limits,
 * repetitions and policy.
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
    repetitions: number;
    limits: Limits;
    artifacts: Record<"task" | Arm, ArtifactReference>;
  };
  cases: {
    requested: number;
    /** Cases that were run: fewer than requested where a sequential policy ended the run. */
    done: number;
    judged: number;
    invalid: number;
    firstInvalid: InvalidSummary[];
  };
  arms: Record<Arm, ArmReport>;
  /** Candidate minus baseline. */
  difference: Interval & {
    estimate: number | null;
    /** How the interval was made. */
    method: DifferenceMethod;
    regressions: number;
    firstRegression: number | null;
    improvements: number;
    table: PairedTable;
    /** `null` where the task names no clusters. */
    clusters: ClusterEvidence | null;
  };
  /** Candidate over baseline, for the same cases. */
  cost: { fuel: Estimate; memory: Estimate };
  metrics: MetricEvidence[];
  /** By name; empty where the task names no groups. */
  groups: GroupSummary[];
  /** Cases of groups beyond those listed, which are too many to be told apart. */
  groupsDropped: number;
  relations: RelationReport[];
  /** Share of relation checks that held, weighted; `null` where none was checked. */
  relationScore: Record<Arm, number | null>;
  /** `null` where each case ran once. */
  unstable: Record<Arm, UnstableSummary> | null;
  violations: ViolationReport[];
  /** Number of violations beyond those listed. */
  violationsDropped: number;
  gate: { policy: Policy; rules: RuleResult[] };
  /** Wall-clock time of the whole run. */
  wallMs: number;
  /** The artifacts, so that `cupel replay` needs nothing but the report; `null` where not wanted. */
  sources: PackedSources | null;
}

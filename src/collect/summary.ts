import { CupelError } from "../errors.ts";
import { type Arm, ARMS, type CaseResult, type JudgedCase } from "../evaluate/case_result.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import type { InterimEvidence } from "../gate/evidence.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import { addArmResult, type ArmSummary, emptyArm } from "./arm_summary.ts";
import { CaseColumns } from "./case_columns.ts";
import { GroupCounter, type GroupSummary } from "./group_summary.ts";
import { addPair, RelationCounter, type RelationSummary } from "./relation_summary.ts";
import { UnstableCounter, type UnstableSummary } from "./unstable_summary.ts";
import { ViolationCollector, type ViolationSummary } from "./violation_summary.ts";

/** A case that could not be judged. */
export interface InvalidSummary {
  index: number;
  kind: string;
  message: string;
}

/** A run's results in figures: everything that a report and the gate need. */
export interface Summary {
  requested: number;
  /** Cases that were run, judged or not. */
  done: number;
  judged: number;
  invalid: number;
  /** The first of the cases that could not be judged. */
  firstInvalid: InvalidSummary[];
  arms: Record<Arm, ArmSummary>;
  table: PairedTable;
  /** Index of the first case that the baseline passes and the candidate fails. */
  firstRegression?: number;
  /** In the order in which the task declares them. */
  relations: RelationSummary[];
  groups: GroupSummary[];
  /** Cases of groups too many to be told apart. */
  groupsDropped: number;
  unstable: Record<Arm, UnstableSummary>;
  violations: ViolationSummary[];
  /** Violations too many to be kept. */
  violationsDropped: number;
  columns: CaseColumns;
}

/** What a {@linkcode SummaryBuilder} must know before the first result. */
export interface SummaryOptions {
  /** Number of cases that the run was asked for. */
  requested: number;
  task: Pick<TaskDescription, "relations" | "metrics">;
}

const MOST_INVALID_SHOWN = 5;

/**
 * Sums up case results as they come, in index order. Of a case only a few numbers are kept, so that a
 * million of them fit in memory with ease.
 */
export class SummaryBuilder {
  readonly #requested: number;
  readonly #arms = { baseline: emptyArm(), candidate: emptyArm() };
  readonly #table = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  readonly #relations: RelationCounter;
  readonly #groups = new GroupCounter();
  readonly #unstable = new UnstableCounter();
  readonly #violations = new ViolationCollector();
  readonly #columns: CaseColumns;
  readonly #firstInvalid: InvalidSummary[] = [];
  #done = 0;
  #invalid = 0;
  #last = -1;
  #firstRegression: number | undefined;

  constructor({ requested, task }: SummaryOptions) {
    this.#requested = requested;
    this.#relations = new RelationCounter(task.relations);
    this.#columns = new CaseColumns(task.metrics);
  }

  /**
   * Adds one case.
   *
   * @throws {CupelError} `internal` where a case comes twice, out of order, from outside of the run,
   * or says that it passed and names a violation: figures from such results could adopt wrongly.
   */
  add(result: CaseResult): void {
    this.#checkOrder(result.index);
    this.#done++;
    if (!result.valid) {
      this.#addInvalid({ index: result.index, ...result.error });
      return;
    }
    for (const arm of ARMS) this.#addArm(arm, result);
    this.#relations.add(result);
    this.#groups.add(result);
    this.#unstable.add(result);
    this.#columns.add(result);
    const { baseline, candidate } = result.arms;
    addPair(this.#table, baseline.passed, candidate.passed);
    if (baseline.passed && !candidate.passed) this.#firstRegression ??= result.index;
  }

  /** What is known so far: cheap, to be looked at after every case. */
  interim(): InterimEvidence {
    return {
      requested: this.#requested,
      done: this.#done,
      invalid: this.#invalid,
      table: { ...this.#table },
      hardViolations: hardViolations(this.#arms),
      ...this.#first(),
    };
  }

  /** The figures so far. */
  build(): Summary {
    const { both, baselineOnly, candidateOnly, neither } = this.#table;
    return {
      requested: this.#requested,
      done: this.#done,
      judged: both + baselineOnly + candidateOnly + neither,
      invalid: this.#invalid,
      firstInvalid: [...this.#firstInvalid],
      arms: this.#arms,
      table: { both, baselineOnly, candidateOnly, neither },
      ...this.#first(),
      relations: this.#relations.list(),
      groups: this.#groups.list(),
      groupsDropped: this.#groups.dropped,
      unstable: this.#unstable.summary(),
      violations: this.#violations.list(),
      violationsDropped: this.#violations.dropped,
      columns: this.#columns,
    };
  }

  #first(): { firstRegression?: number } {
    return this.#firstRegression === undefined ? {} : { firstRegression: this.#firstRegression };
  }

  #checkOrder(index: number): void {
    if (Number.isSafeInteger(index) && index > this.#last && index < this.#requested) {
      this.#last = index;
      return;
    }
    throw new CupelError(
      "internal",
      `Cannot count case ${index} as case ${this.#last} came before it in a run of ` +
        `${this.#requested}`,
    );
  }

  #addInvalid(invalid: InvalidSummary): void {
    this.#invalid++;
    const { index, kind, message } = invalid;
    if (this.#firstInvalid.length >= MOST_INVALID_SHOWN) return;
    this.#firstInvalid.push({ index, kind, message });
  }

  #addArm(arm: Arm, result: JudgedCase): void {
    const armResult = result.arms[arm];
    const [violation] = armResult.violations;
    if (armResult.passed && violation !== undefined) {
      throw new CupelError(
        "internal",
        `Cannot count case ${result.index}: the ${arm} passed it and violated ${violation.name}`,
      );
    }
    addArmResult(this.#arms[arm], armResult);
    this.#violations.add(arm, result);
  }
}

/** A judged case that an arm did not pass is one in which it broke something hard, or failed. */
export function hardViolations(arms: Record<Arm, ArmSummary>): Record<Arm, number> {
  const { baseline, candidate } = arms;
  return {
    baseline: baseline.total - baseline.passed,
    candidate: candidate.total - candidate.passed,
  };
}

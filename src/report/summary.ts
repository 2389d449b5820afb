import { CupelError } from "../errors.ts";
import { type Arm, type ArmResult, ARMS, type CaseResult } from "../evaluate/case_result.ts";
import type { TaskDescription } from "../evaluate/run_spec.ts";
import type { Evidence } from "../gate/evidence.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import { addArmResult, type ArmSummary, emptyArm } from "./arm_summary.ts";
import { ViolationCollector, type ViolationSummary } from "./violation_summary.ts";

/** How often a relation was checked and did not hold. */
export interface RelationCount {
  checked: number;
  failed: number;
}

/** A relation of the task in both arms. */
export type RelationSummary = { name: string } & Record<Arm, RelationCount>;

/** A case that could not be judged. */
export interface InvalidCase {
  index: number;
  kind: string;
  message: string;
}

/** A run's results in figures: everything that a report and the gate need. */
export interface Summary {
  requested: number;
  judged: number;
  invalid: number;
  /** The first of the cases that could not be judged. */
  firstInvalid: InvalidCase[];
  arms: Record<Arm, ArmSummary>;
  table: PairedTable;
  /** Index of the first case that the baseline passes and the candidate fails. */
  firstRegression?: number;
  /** In the order in which the task declares them. */
  relations: RelationSummary[];
  violations: ViolationSummary[];
  /** Violations too many to be kept. */
  violationsDropped: number;
}

/** What a {@linkcode SummaryBuilder} must know before the first result. */
export interface SummaryOptions {
  /** Number of cases that the run was asked for. */
  requested: number;
  task: Pick<TaskDescription, "relations">;
}

const MOST_INVALID_SHOWN = 5;

/**
 * Sums up case results as they come, in index order, in memory that does not grow with their number.
 */
export class SummaryBuilder {
  readonly #options: SummaryOptions;
  readonly #arms = { baseline: emptyArm(), candidate: emptyArm() };
  readonly #table = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  readonly #relations: Map<string, RelationSummary>;
  readonly #violations = new ViolationCollector();
  readonly #firstInvalid: InvalidCase[] = [];
  #invalid = 0;
  #last = -1;
  #firstRegression: number | undefined;

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#relations = new Map(options.task.relations.map((name) => [name, emptyRelation(name)]));
  }

  /**
   * Adds one case.
   *
   * @throws {CupelError} `internal` where a case comes twice, out of order, from outside of the run,
   * or says that it passed and names a violation: figures from such results could adopt wrongly.
   */
  add(result: CaseResult): void {
    this.#checkOrder(result.index);
    if (!result.valid) {
      this.#addInvalid(result.index, result.error);
      return;
    }
    for (const arm of ARMS) this.#addArm(arm, result, result.arms[arm]);
    this.#addPair(result.index, result.arms.baseline.passed, result.arms.candidate.passed);
  }

  /** The figures so far. */
  build(): Summary {
    const { both, baselineOnly, candidateOnly, neither } = this.#table;
    return {
      requested: this.#options.requested,
      judged: both + baselineOnly + candidateOnly + neither,
      invalid: this.#invalid,
      firstInvalid: [...this.#firstInvalid],
      arms: this.#arms,
      table: { both, baselineOnly, candidateOnly, neither },
      ...(this.#firstRegression === undefined ? {} : { firstRegression: this.#firstRegression }),
      relations: [...this.#relations.values()],
      violations: this.#violations.list(),
      violationsDropped: this.#violations.dropped,
    };
  }

  #checkOrder(index: number): void {
    const { requested } = this.#options;
    if (Number.isSafeInteger(index) && index > this.#last && index < requested) {
      this.#last = index;
      return;
    }
    throw new CupelError(
      "internal",
      `Cannot count case ${index} as case ${this.#last} came before it in a run of ${requested}`,
    );
  }

  #addInvalid(index: number, error: { kind: string; message: string }): void {
    this.#invalid++;
    if (this.#firstInvalid.length >= MOST_INVALID_SHOWN) return;
    this.#firstInvalid.push({ index, kind: error.kind, message: error.message });
  }

  #addArm(arm: Arm, result: CaseResult & { valid: true }, armResult: ArmResult): void {
    if (armResult.passed && armResult.violations.length > 0) {
      throw new CupelError(
        "internal",
        `Cannot count case ${result.index}: the ${arm} passed it and violated ` +
          `${armResult.violations[0]?.name}`,
      );
    }
    addArmResult(this.#arms[arm], armResult);
    this.#addRelations(arm, armResult);
    this.#violations.add(arm, result, armResult.violations);
  }

  #addRelations(arm: Arm, armResult: ArmResult): void {
    for (const name of new Set(armResult.checked)) {
      const relation = this.#relations.get(name);
      if (relation) relation[arm].checked++;
    }
    const failed = armResult.violations.filter((violation) => violation.kind === "relation");
    for (const name of new Set(failed.map((violation) => violation.name))) {
      const relation = this.#relations.get(name);
      if (relation) relation[arm].failed++;
    }
  }

  #addPair(index: number, baseline: boolean, candidate: boolean): void {
    const table = this.#table;
    if (baseline && candidate) table.both++;
    else if (candidate) table.candidateOnly++;
    else if (baseline) table.baselineOnly++;
    else table.neither++;
    if (baseline && !candidate) this.#firstRegression ??= index;
  }
}

function emptyRelation(name: string): RelationSummary {
  return {
    name,
    baseline: { checked: 0, failed: 0 },
    candidate: { checked: 0, failed: 0 },
  };
}

/** What the gate looks at. */
export function evidenceOf(summary: Summary): Evidence {
  const { requested, invalid, table, firstRegression } = summary;
  return {
    requested,
    invalid,
    table,
    ...(firstRegression === undefined ? {} : { firstRegression }),
  };
}

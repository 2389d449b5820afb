import { type Arm, type ArmResult, ARMS, type JudgedCase } from "../evaluate/case_result.ts";
import type { RelationDescription } from "../evaluate/task_description.ts";
import type { PairedTable } from "../stats/paired_table.ts";
import { GrowingNumbers } from "./growing_numbers.ts";

/** How often a relation was checked and did not hold. */
export interface RelationCount {
  checked: number;
  failed: number;
}

/** A relation of the task in both arms. */
export type RelationSummary = RelationDescription & Record<Arm, RelationCount> & {
  /** The cases in which it was checked on both arms, by where it held. */
  table: PairedTable;
  /** Cases in which it held on the baseline, and a failure of the candidate kept it from being checked. */
  missing: number;
  /**
   * Of each case, held on the candidate minus held on the baseline: -1, 0 or 1, and `NaN` where it was
   * not checked on both. Only where cases have clusters; else empty.
   */
  differences: GrowingNumbers;
};

/** Counts where relations were checked and held. */
export class RelationCounter {
  readonly #summaries: RelationSummary[];

  constructor(relations: readonly RelationDescription[]) {
    this.#summaries = relations.map((relation) => ({
      ...relation,
      baseline: { checked: 0, failed: 0 },
      candidate: { checked: 0, failed: 0 },
      table: { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 },
      missing: 0,
      differences: new GrowingNumbers(),
    }));
  }

  /** Adds a case. */
  add({ arms, cluster }: JudgedCase): void {
    for (const summary of this.#summaries) {
      const holds = {
        baseline: holding(arms.baseline, summary),
        candidate: holding(arms.candidate, summary),
      };
      for (const arm of ARMS) {
        if (holds[arm] === undefined) continue;
        summary[arm].checked++;
        if (holds[arm] === false) summary[arm].failed++;
      }
      const { baseline, candidate } = holds;
      addPair(summary.table, baseline, candidate);
      if (baseline && candidate === undefined && arms.candidate.failure !== undefined) {
        summary.missing++;
      }
      // No number where a half is missing: `Number(undefined)` is `NaN`.
      if (cluster !== undefined) summary.differences.push(Number(candidate) - Number(baseline));
    }
  }

  /** In the order in which the task declares them. */
  list(): RelationSummary[] {
    return this.#summaries;
  }
}

/** Whether a relation held; `undefined` where it was not checked. */
function holding(
  { checked, violations }: ArmResult,
  { name }: RelationDescription,
): boolean | undefined {
  if (!checked.includes(name)) return undefined;
  return !violations.some((violation) => violation.kind === "relation" && violation.name === name);
}

/** Counts a pair; one of which a half is missing counts nowhere. */
export function addPair(
  table: PairedTable,
  baseline: boolean | undefined,
  candidate: boolean | undefined,
): void {
  if (baseline === undefined || candidate === undefined) return;
  if (baseline && candidate) table.both++;
  else if (candidate) table.candidateOnly++;
  else if (baseline) table.baselineOnly++;
  else table.neither++;
}

/**
 * The share of checks that held, relations weighted as the task says; `null` where none was checked.
 * A relation that was never checked does not count.
 */
export function relationScore(relations: readonly RelationSummary[], arm: Arm): number | null {
  const counted = relations.filter((relation) => relation[arm].checked > 0);
  // Shares of the largest weight: weights may be so large that their sum is no number.
  const largest = Math.max(...counted.map(({ weight }) => weight));
  let weights = 0;
  let held = 0;
  for (const relation of counted) {
    const { checked, failed } = relation[arm];
    const share = relation.weight / largest;
    weights += share;
    held += share * (checked - failed) / checked;
  }
  return weights === 0 ? null : held / weights;
}

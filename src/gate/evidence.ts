import type { PairedTable } from "../stats/paired_table.ts";

/**
 * What a run found out, as far as the gate looks at it: counts only. Whatever else a rule needs it
 * computes from them, so no two figures can contradict each other.
 */
export interface Evidence {
  /** Cases that the run was asked for. */
  requested: number;
  /** Cases that could not be judged. */
  invalid: number;
  /** The judged cases, by which arm passed. */
  table: PairedTable;
  /** Index of the first case that the baseline passes and the candidate fails. */
  firstRegression?: number;
}

import type { PairedTable } from "../../../src/stats/paired_table.ts";

/** A table of `n` cases with the given regressions and improvements. */
export function tableOf(regressed: number, improved: number, n: number): PairedTable {
  const both = n - regressed - improved;
  return { both, baselineOnly: regressed, candidateOnly: improved, neither: 0 };
}

/**
 * Statistics as pure functions, each citing its source; docs/statistics.md says which is for what. The
 * same input gives the same bits on every runtime.
 *
 * @example
 * ```ts
 * import { tangoInterval } from "cupel/stats";
 *
 * const table = { both: 380, baselineOnly: 4, candidateOnly: 9, neither: 7 };
 * const { low, high } = tangoInterval(table);
 * ```
 *
 * @module
 */
export { basic } from "./bootstrap/basic.ts";
export { bca } from "./bootstrap/bca.ts";
export {
  type BootstrapInterval,
  bootstrapInterval,
  type BootstrapRequest,
} from "./bootstrap/interval.ts";
export { percentile } from "./bootstrap/percentile.ts";
export { clopperPearsonInterval } from "./clopper_pearson.ts";
export { type ClusteredDifference, clusteredDifference } from "./clustered_difference.ts";
export { cautiousDesignEffect, type ClusterSums, designEffect } from "./design_effect.ts";
export { cohensD } from "./effect_size/cohens_d.ts";
export { glassDelta } from "./effect_size/glass_delta.ts";
export { hedgesG } from "./effect_size/hedges_g.ts";
export { type Group, type GroupGap, groupGap } from "./group_gap.ts";
export type { Interval } from "./interval.ts";
export { jeffreysDifference } from "./jeffreys/difference.ts";
export { type MannWhitneyTest, mannWhitneyTest } from "./mann_whitney.ts";
export { type McNemarTest, mcnemarTest } from "./mcnemar.ts";
export { meanDifference } from "./mean_difference.ts";
export { benjaminiHochberg } from "./multiplicity/benjamini_hochberg.ts";
export { hochberg } from "./multiplicity/hochberg.ts";
export { holm } from "./multiplicity/holm.ts";
export { newcombeInterval } from "./newcombe.ts";
export { newcombeIndependentInterval } from "./newcombe_independent.ts";
export { pairedDifference } from "./paired_difference.ts";
export { pairedTTest } from "./paired_t.ts";
export type { PairedTable } from "./paired_table.ts";
export { passRate } from "./pass_rate.ts";
export { adoptionProbability } from "./power/adoption_probability.ts";
export { minimumDetectableEffect } from "./power/minimum_detectable_effect.ts";
export { sampleSize } from "./power/sample_size.ts";
export { ratioOfTotals } from "./ratio.ts";
export { relativeRisk } from "./relative_risk.ts";
export { alwaysValidInterval } from "./sequential/always_valid_interval.ts";
export { eValueAgainst } from "./sequential/betting.ts";
export { discordantEValue } from "./sequential/discordant.ts";
export { groupSequentialBoundaries } from "./sequential/group_sequential.ts";
export type { Share } from "./share.ts";
export { zOf } from "./special/normal.ts";
export { tangoInterval } from "./tango.ts";
export { type TTest, welchTest } from "./welch.ts";
export { wilsonInterval } from "./wilson.ts";

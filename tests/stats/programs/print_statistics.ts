import { basic } from "../../../src/stats/bootstrap/basic.ts";
import { bca } from "../../../src/stats/bootstrap/bca.ts";
import { percentile } from "../../../src/stats/bootstrap/percentile.ts";
import { clopperPearsonInterval } from "../../../src/stats/clopper_pearson.ts";
import { clusteredDifference } from "../../../src/stats/clustered_difference.ts";
import { cohensD } from "../../../src/stats/effect_size/cohens_d.ts";
import { glassDelta } from "../../../src/stats/effect_size/glass_delta.ts";
import { hedgesG } from "../../../src/stats/effect_size/hedges_g.ts";
import { groupGap } from "../../../src/stats/group_gap.ts";
import { jeffreysDifference } from "../../../src/stats/jeffreys/difference.ts";
import { mannWhitneyTest } from "../../../src/stats/mann_whitney.ts";
import { mcnemarTest } from "../../../src/stats/mcnemar.ts";
import { meanDifference } from "../../../src/stats/mean_difference.ts";
import { benjaminiHochberg } from "../../../src/stats/multiplicity/benjamini_hochberg.ts";
import { hochberg } from "../../../src/stats/multiplicity/hochberg.ts";
import { holm } from "../../../src/stats/multiplicity/holm.ts";
import { newcombeIndependentInterval } from "../../../src/stats/newcombe_independent.ts";
import { newcombeInterval } from "../../../src/stats/newcombe.ts";
import { pairedDifference } from "../../../src/stats/paired_difference.ts";
import { pairedTTest } from "../../../src/stats/paired_t.ts";
import { passRate } from "../../../src/stats/pass_rate.ts";
import { ratioOfTotals } from "../../../src/stats/ratio.ts";
import { relativeRisk } from "../../../src/stats/relative_risk.ts";
import { zOf } from "../../../src/stats/special/normal.ts";
import { welchTest } from "../../../src/stats/welch.ts";
import { CITY, LITTERS, SLEEP, SPATIAL_A } from "../data.ts";
import { randomFrom } from "../random.ts";

// Prints every statistic of many inputs, for a test that compares runtimes byte by byte.
const random = randomFrom(42);
const results: unknown[] = [];

for (let round = 0; round < 40; round++) {
  const count = (below: number) => Math.floor(random() * below);
  const table = {
    both: count(300),
    candidateOnly: count(40),
    baselineOnly: count(40),
    neither: count(100),
  };
  const one = { passed: count(50), total: 50 + count(50) };
  const other = { passed: count(90), total: 90 + count(9) };
  results.push(
    passRate(one.passed, one.total),
    clopperPearsonInterval(one.passed, one.total, 0.9 + 0.09 * random()),
    newcombeIndependentInterval(one, other, zOf(0.5 + 0.49 * random())),
    relativeRisk(one, other),
    newcombeInterval(table),
    pairedDifference(table),
    mcnemarTest(table),
    mcnemarTest(table, "candidateWorse"),
  );
  if (round % 10 === 0) results.push(jeffreysDifference(one, other));

  const first = Float64Array.from({ length: 5 + count(60) }, () => random() * 1e3);
  const second = first.map((value) => value * (0.5 + random()));
  const clusters = Uint32Array.from(first, (_, row) => row % 5);
  const options = {
    candidate: second,
    baseline: first,
    whenConstant: "unknown",
    seed: round,
  } as const;
  for (const method of [percentile, basic, bca]) {
    results.push(
      ratioOfTotals({ ...options, method, resamples: 199 }),
      meanDifference({ ...options, method, clusters, resamples: 199, of: "mean" }),
    );
  }
  const pValues = Array.from({ length: 9 }, () => random() * random());
  results.push(
    welchTest(first, second),
    pairedTTest(first, { clusters }),
    mannWhitneyTest([...first], [...second]),
    cohensD(first, second),
    hedgesG(first, second),
    glassDelta(first, second),
    groupGap([{ label: "a", values: first }, { label: "b", values: second }]),
    holm(pValues, 0.05),
    hochberg(pValues, 0.05),
    benjaminiHochberg(pValues, 0.05),
  );
}

const { survived, alive } = LITTERS.treated;
results.push(
  clusteredDifference({ both: 0, candidateOnly: 112, baselineOnly: 0, neither: 33 }, {
    differences: survived,
    sizes: alive,
  }),
  ratioOfTotals({
    candidate: CITY.in1930,
    baseline: CITY.in1920,
    method: bca,
    whenConstant: "exact",
    seed: 1,
  }),
  welchTest(SLEEP.first, SLEEP.second),
  pairedTTest(SPATIAL_A),
);
console.log(JSON.stringify(results));

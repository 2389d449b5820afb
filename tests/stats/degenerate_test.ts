import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basic } from "../../src/stats/bootstrap/basic.ts";
import { bca } from "../../src/stats/bootstrap/bca.ts";
import { percentile } from "../../src/stats/bootstrap/percentile.ts";
import { clopperPearsonInterval } from "../../src/stats/clopper_pearson.ts";
import { clusteredDifference } from "../../src/stats/clustered_difference.ts";
import { cohensD } from "../../src/stats/effect_size/cohens_d.ts";
import { glassDelta } from "../../src/stats/effect_size/glass_delta.ts";
import { hedgesG } from "../../src/stats/effect_size/hedges_g.ts";
import { groupGap } from "../../src/stats/group_gap.ts";
import { jeffreysDifference } from "../../src/stats/jeffreys/difference.ts";
import { mannWhitneyTest } from "../../src/stats/mann_whitney.ts";
import { mcnemarTest } from "../../src/stats/mcnemar.ts";
import { meanDifference } from "../../src/stats/mean_difference.ts";
import { newcombeIndependentInterval } from "../../src/stats/newcombe_independent.ts";
import { newcombeInterval } from "../../src/stats/newcombe.ts";
import { pairedDifference } from "../../src/stats/paired_difference.ts";
import { pairedTTest } from "../../src/stats/paired_t.ts";
import { ratioOfTotals } from "../../src/stats/ratio.ts";
import { relativeRisk } from "../../src/stats/relative_risk.ts";
import { welchTest } from "../../src/stats/welch.ts";
import { wilsonInterval } from "../../src/stats/wilson.ts";

/** Numbers as a metric may give them: mostly the same few, some extreme, some not numbers. */
const metric = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 1, 0.1, -1) },
  { weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324, -0, 1e-200),
  },
);
const sample = fc.array(metric, { maxLength: 12 });
const pairs = fc.array(fc.tuple(metric, metric, fc.nat({ max: 3 })), { maxLength: 12 });
const share = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map(([one, other]) => ({ passed: Math.min(one, other), total: Math.max(one, other) }));
const cell = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 2_000_000 }));
const table = fc.record({ both: cell, candidateOnly: cell, baselineOnly: cell, neither: cell });

/** Everything in a result is JSON: no NaN, no infinity; and a pair of bounds is in order. */
function expectSound(result: unknown): void {
  if (typeof result === "number") expect(Number.isFinite(result)).toBe(true);
  if (typeof result !== "object" || result === null) return;
  Object.values(result).forEach(expectSound);
  if (!("low" in result) || !("high" in result)) return;
  const { low, high } = result;
  if (typeof low === "number" && typeof high === "number") expect(low).toBeLessThanOrEqual(high);
}

function holds<T>(arbitrary: fc.Arbitrary<T>, results: (value: T) => unknown[], numRuns = 300) {
  fc.assert(
    fc.property(arbitrary, (value) => results(value).forEach(expectSound)),
    { numRuns, seed: 20_240_521 },
  );
}

describe("whatever the data, a result has no NaN, no infinity, and bounds in order", () => {
  test("of rates and pairs of rates", () => {
    holds(share, ({ passed, total }) => [
      wilsonInterval(passed, total),
      clopperPearsonInterval(passed, total),
    ]);
    holds(fc.tuple(share, share), ([one, other]) => [
      newcombeIndependentInterval(one, other),
      relativeRisk(one, other),
    ]);
    holds(fc.tuple(share, share), ([one, other]) => [jeffreysDifference(one, other)], 40);
  });

  test("of tables of pairs", () => {
    holds(table, (cells) => [
      newcombeInterval(cells),
      pairedDifference(cells),
      mcnemarTest(cells),
      mcnemarTest(cells, "candidateWorse"),
    ]);
  });

  test("of clusters of pairs", () => {
    const cluster = fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.nat({ max: 5 }));
    holds(fc.array(cluster, { maxLength: 8 }), (clusters) => {
      const total = (index: 0 | 1 | 2) => clusters.reduce((sum, cells) => sum + cells[index], 0);
      const cells = { both: total(2), candidateOnly: total(0), baselineOnly: total(1), neither: 0 };
      const found = clusteredDifference(cells, {
        differences: clusters.map(([gained, lost]) => gained - lost),
        sizes: clusters.map(([gained, lost, both]) => gained + lost + both),
      });
      expect(found.designEffect).toBeGreaterThanOrEqual(1);
      // Never narrower than if the cases were independent.
      const plain = pairedDifference(cells);
      expect(found.high - found.low).toBeGreaterThanOrEqual((plain.high - plain.low) * (1 - 1e-12));
      return [found];
    });
  });

  test("of samples of a metric", () => {
    holds(fc.tuple(sample, sample), ([one, other]) => [
      welchTest(one, other),
      mannWhitneyTest(one, other),
      cohensD(one, other),
      hedgesG(one, other),
      glassDelta(one, other),
      pairedTTest(Float64Array.from(one)),
    ]);
    holds(fc.array(sample, { maxLength: 4 }), (samples) => [
      groupGap(samples.map((values, index) => ({
        label: String(index),
        values: Float64Array.from(values),
      }))),
    ]);
  });

  test("of bootstrapped metrics, in clusters and without", () => {
    holds(pairs, (rows) => {
      const request = {
        candidate: Float64Array.from(rows, ([value]) => value),
        baseline: Float64Array.from(rows, ([, value]) => value),
        whenConstant: "unknown",
        resamples: 79,
        seed: 3,
      } as const;
      const clusters = Uint32Array.from(rows, ([, , id]) => Math.min(id, rows.length - 1));
      return [percentile, basic, bca].flatMap((method) => [
        ratioOfTotals({ ...request, method }),
        ratioOfTotals({ ...request, method, clusters }),
        meanDifference({ ...request, method, of: "mean" }),
        meanDifference({ ...request, method, of: "sum", clusters }),
      ]).map((found) => {
        // Both bounds or neither, and never certainty that nobody asked for.
        expect(found.low === null).toBe(found.high === null);
        if (found.low !== null) expect(found.low).toBeLessThan(found.high ?? 0);
        return found;
      });
    });
  });
});

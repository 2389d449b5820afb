import { describe, expect, test } from "vitest";
import { evidenceOf } from "../../src/collect/evidence.ts";
import { MOST_GROUPS } from "../../src/collect/group_summary.ts";
import { SummaryBuilder } from "../../src/collect/summary.ts";
import type { ArmResult, CaseResult } from "../../src/evaluate/case_result.ts";
import type { MetricInterval, TaskDescription } from "../../src/evaluate/task_description.ts";
import type { Evidence } from "../../src/gate/evidence.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { metric, relation, taskDescription } from "../evaluate/task_descriptions.ts";

interface Changes {
  confidence?: number;
  repetitions?: number;
  stoppedAfter?: number;
}

function evidence(
  cases: readonly CaseResult[],
  task: TaskDescription = taskDescription(),
  { confidence = 0.95, repetitions = 1, ...rest }: Changes = {},
): Promise<Evidence> {
  const builder = new SummaryBuilder({ requested: cases.length, task });
  for (const result of cases) builder.add(result);
  return evidenceOf({
    summary: builder.build(),
    task,
    run: { seed: 42, repetitions },
    policy: { confidence },
    ...rest,
  });
}

/** A judged case with a cluster, a group, or both. */
function keyed(
  index: number,
  keys: { cluster?: string; group?: string },
  baseline: Partial<ArmResult> = {},
  candidate: Partial<ArmResult> = {},
): CaseResult {
  return { ...judged(index, armResult([], baseline), armResult([], candidate)), ...keys };
}

function measured(values: [number | null, number | null][], group?: (index: number) => string) {
  return values.map(([baseline, candidate], index) =>
    keyed(
      index,
      group === undefined ? {} : { group: group(index) },
      { metrics: [baseline] },
      { metrics: [candidate] },
    )
  );
}

const withFuel = (fuel: number) => ({ usage: { fuel, memoryBytes: 4096, wallMs: 1 } });

describe("the cost of a candidate", () => {
  test("is exactly 1, without any doubt, where it costs the same in every case", async () => {
    const cases = Array.from(
      { length: 30 },
      (_, index) => keyed(index, {}, withFuel(100 + index), withFuel(100 + index)),
    );
    const { cost } = await evidence(cases);
    expect(cost.fuel).toMatchObject({ estimate: 1, low: 1, high: 1 });
    expect(cost.memory).toMatchObject({ estimate: 1, low: 1, high: 1 });
  });

  test("is the ratio of the totals, with bounds around it", async () => {
    const cases = Array.from(
      { length: 60 },
      (_, index) => keyed(index, {}, withFuel(100), withFuel(index % 2 === 0 ? 150 : 250)),
    );
    const { fuel } = (await evidence(cases)).cost;
    expect(fuel.estimate).toBe(2);
    expect(fuel.low).toBeGreaterThan(1.8);
    expect(fuel.low).toBeLessThan(2);
    expect(fuel.high).toBeGreaterThan(2);
    expect(fuel.high).toBeLessThan(2.2);
  });

  test("is not made smaller by failing the cases that cost most", async () => {
    const refusing = Array.from({ length: 100 }, (_, index) => {
      const isLarge = index % 25 === 0;
      const baseline = armResult([], withFuel(isLarge ? 100_000 : 100));
      const candidate = isLarge
        ? armResult([broken("sorted")], withFuel(1))
        : armResult([], withFuel(100));
      return judged(index, baseline, candidate);
    });
    const { fuel } = (await evidence(refusing)).cost;
    expect(fuel).toMatchObject({ estimate: 1, low: 1, high: 1 });
    // What a failure costs more than the baseline counts in full, and so does what it costs less
    // where the baseline fails as well.
    const both = armResult([broken("sorted")], withFuel(100));
    const cheap = judged(0, both, armResult([broken("sorted")], withFuel(50)));
    const dear = judged(
      1,
      armResult([], withFuel(100)),
      armResult([broken("sorted")], withFuel(300)),
    );
    expect((await evidence([cheap, dear])).cost.fuel.estimate).toBe(350 / 200);
  });

  test("is unknown without cases, or where the baseline cost nothing", async () => {
    const nothing = { estimate: null, low: null, high: null };
    expect((await evidence([])).cost.fuel).toMatchObject(nothing);
    expect((await evidence([keyed(0, {}, withFuel(0), withFuel(5))])).cost.fuel).toMatchObject(
      nothing,
    );
  });

  test.each([0.5, 0.99, 0.999, 0.9999])("has bounds at a confidence of %d", async (confidence) => {
    const cases = Array.from(
      { length: 20 },
      (_, index) => keyed(index, {}, withFuel(100 + index), withFuel(130 - index)),
    );
    const { fuel } = (await evidence(cases, undefined, { confidence })).cost;
    expect(fuel.low).toBeLessThan(fuel.estimate ?? 0);
    expect(fuel.high).toBeGreaterThan(fuel.estimate ?? 0);
  });
});

describe("cases that depend on each other", () => {
  const task = taskDescription({ clusters: true });
  /** Ten clusters of four cases; the candidate fails whole ones. */
  const together = Array.from({ length: 40 }, (_, index) => {
    const cluster = `${index % 10}`;
    const result = judged(
      index,
      armResult(),
      armResult(index % 10 < 2 ? [broken("sorted")] : []),
    );
    return { ...result, cluster };
  });

  test("count as fewer, by how alike they are within their clusters", async () => {
    const { clusters } = await evidence(together, task);
    expect(clusters?.count).toBe(10);
    // All of a cluster alike is the worst there is: four cases are worth one, and a little less.
    expect(clusters?.designEffect).toBeGreaterThan(3.9);
    expect(clusters?.designEffect).toBeLessThan(4.5);
    const apart = together.map((result, index) => ({ ...result, cluster: `${index}` }));
    const alone = (await evidence(apart, task)).clusters;
    expect(alone?.count).toBe(40);
    expect(alone?.designEffect).toBeLessThan(1.1);
  });

  test("never count as more than they are, nor as certain where nothing varies", async () => {
    const alike = together.map(({ index, cluster }) => keyed(index, { cluster }));
    expect((await evidence(alike, task)).clusters).toEqual({ count: 10, designEffect: 4, size: 4 });
    const one = alike.map((result) => ({ ...result, cluster: "all" }));
    expect((await evidence(one, task)).clusters).toEqual({ count: 1, designEffect: 40, size: 40 });
    expect((await evidence([], task)).clusters).toEqual({ count: 0, designEffect: 1, size: 1 });
  });

  test("have no bounds of cost and metrics where there are too few clusters to resample", async () => {
    const task = taskDescription({ clusters: true, metrics: [metric("m")] });
    const run = (clusters: number, step: number) =>
      evidence(
        Array.from({ length: 10 * clusters }, (_, index) => {
          const level = index % clusters;
          return keyed(index, { cluster: `${level}` }, { ...withFuel(100), metrics: [1] }, {
            ...withFuel(100 + step * level),
            metrics: [2 + step * level],
          });
        }),
        task,
      );
    const few = await run(9, 10);
    expect(few.cost.fuel).toMatchObject({ estimate: 1.4, low: null, high: null });
    expect(few.metrics[0]?.difference).toMatchObject({ estimate: 41, low: null, high: null });
    expect((await run(10, 10)).cost.fuel.low).toBeLessThan(1.45);
    // What is the same everywhere needs no resampling.
    expect((await run(2, 0)).metrics[0]?.difference).toMatchObject({ low: 1, high: 1 });
  });

  test("widen the bounds of cost and metrics", async () => {
    const clustered = taskDescription({ clusters: true, metrics: [metric("m")] });
    const cases = Array.from({ length: 120 }, (_, index) => {
      const level = index % 12;
      return keyed(index, { cluster: `${level}` }, { ...withFuel(100), metrics: [1] }, {
        ...withFuel(100 + 20 * level),
        metrics: [1 + level],
      });
    });
    const width = ({ low, high }: { low: number | null; high: number | null }) =>
      (high ?? NaN) - (low ?? NaN);
    const loose = await evidence(cases, { ...clustered, clusters: false });
    const tight = await evidence(cases, clustered);
    expect(loose.clusters).toBeNull();
    expect(width(tight.cost.fuel)).toBeGreaterThan(1.5 * width(loose.cost.fuel));
    const [inClusters, alone] = [tight.metrics[0], loose.metrics[0]];
    if (inClusters === undefined || alone === undefined) throw new Error("no metric");
    expect(width(inClusters.difference)).toBeGreaterThan(1.5 * width(alone.difference));
  });
});

describe("a metric", () => {
  const task = taskDescription({ metrics: [metric("m")] });

  test("is compared over the cases in which both arms have it", async () => {
    const [found] = (await evidence(
      measured([[1, 2], [null, 5], [3, null], [null, null], [4, 7], [2, 4]]),
      task,
    )).metrics;
    expect(found).toMatchObject({
      name: "m",
      kind: "mean",
      cases: 3,
      missing: 1,
      baseline: 7 / 3,
      candidate: 13 / 3,
      gap: null,
    });
    expect(found?.difference.estimate).toBeCloseTo(2, 12);
  });

  test.each<MetricInterval>(["bca", "percentile", "basic", "t"])(
    "has a sum that is the mean times the cases, bounds and all: %s",
    async (interval) => {
      const cases = measured(Array.from({ length: 25 }, (_, at) => [at, at + 1 + at % 3]));
      const of = async (kind: "mean" | "sum") => {
        const changed = taskDescription({ metrics: [metric("m", { kind, interval })] });
        return (await evidence(cases, changed)).metrics[0];
      };
      const [mean, sum] = [await of("mean"), await of("sum")];
      expect(sum?.baseline).toBeCloseTo(25 * (mean?.baseline ?? NaN), 9);
      for (const bound of ["estimate", "low", "high"] as const) {
        const value = mean?.difference[bound] ?? NaN;
        expect(Number.isFinite(value)).toBe(true);
        expect(sum?.difference[bound]).toBeCloseTo(25 * value, 6);
      }
    },
  );

  test("has no figures where no case has it", async () => {
    const [found] = (await evidence(measured([[null, 1], [1, null]]), task)).metrics;
    expect(found).toMatchObject({
      cases: 0,
      missing: 1,
      baseline: null,
      candidate: null,
      difference: { estimate: null, low: null, high: null },
    });
  });

  test.each<MetricInterval>(["bca", "percentile", "basic", "t"])(
    "of numbers that add up to more than there is has none either: %s",
    async (interval) => {
      const huge = Number.MAX_VALUE;
      for (const kind of ["mean", "sum"] as const) {
        const changed = taskDescription({
          metrics: [metric("m", { kind, interval })],
          groups: true,
        });
        const cases = measured(
          [[huge, -huge], [huge, huge], [-huge, huge], [0, 1]],
          (index) => `${index % 2}`,
        );
        const text = JSON.stringify(
          (await evidence(cases, changed)).metrics,
          (_, value) => typeof value === "number" && !Number.isFinite(value) ? "BROKEN" : value,
        );
        expect(text).not.toContain("BROKEN");
      }
    },
  );

  test("has a gap between the groups, for each arm", async () => {
    const grouped = taskDescription({ metrics: [metric("approved")], groups: true });
    const cases = measured(
      Array.from({ length: 80 }, (_, at) => [at % 2, at % 4 < 2 ? 1 : 0]),
      (index) => index % 4 < 2 ? "a" : "b",
    );
    const [found] = (await evidence(cases, grouped)).metrics;
    expect(found?.gap?.baseline).toMatchObject({ estimate: 0, low: 0 });
    expect(found?.gap?.candidate.estimate).toBe(1);
    expect(found?.gap?.candidate.low).toBeGreaterThan(0.7);
    const { gap } = (await evidence(measured([[1, 2]]), task)).metrics[0] ?? {};
    expect(gap).toBeNull();
  });

  test("has no bounds of a gap where a group has no value", async () => {
    const grouped = taskDescription({ metrics: [metric("approved")], groups: true });
    const half = (index: number) => index % 2 === 0 ? "a" : "b";
    const values = (none: boolean): [number, number | null][] =>
      Array.from(
        { length: 80 },
        (_, at) => [at % 3 === 0 ? 1 : 0, none && at % 2 === 1 ? null : 1],
      );
    const hidden = (await evidence(measured(values(true), half), grouped)).metrics[0];
    expect(hidden?.gap?.candidate).toMatchObject({ low: null, high: null });
    expect(hidden?.gap?.baseline.low).not.toBeNull();
    const shown = (await evidence(measured(values(false), half), grouped)).metrics[0];
    expect(shown?.gap?.candidate.high).toBeGreaterThan(0);
  });

  test("has a wider gap where the cases of a cluster are copies", async () => {
    const clustered = taskDescription({ metrics: [metric("m")], groups: true, clusters: true });
    const cases = Array.from({ length: 80 }, (_, at) => {
      const unit = Math.floor(at / 4);
      const metrics = { metrics: [unit % 3 === 0 ? 1 : 0] };
      const keys = { cluster: `${unit}`, group: unit % 2 === 0 ? "a" : "b" };
      return keyed(at, keys, metrics, metrics);
    });
    const once = cases.filter((_, at) => at % 4 === 0).map((one, index) => ({ ...one, index }));
    const [many] = (await evidence(cases, clustered)).metrics;
    const [few] = (await evidence(once, clustered)).metrics;
    expect(many?.gap?.candidate.high).toBeCloseTo(few?.gap?.candidate.high ?? NaN, 12);
  });

  test("has no gap between more groups than can be told apart, and does not look for hours", async () => {
    const grouped = taskDescription({ metrics: [metric("m")], groups: true });
    const cases = measured(
      Array.from({ length: 5000 }, () => [1, 2]),
      (index) => `group ${index}`,
    );
    const [found] = (await evidence(cases, grouped)).metrics;
    expect(found?.gap?.candidate).toEqual({
      estimate: null,
      low: null,
      high: null,
      method: "too-many-groups",
    });
  });
});

describe("evidence", () => {
  test("has relations with their weights and pairs, and hard violations of each arm", async () => {
    const task = taskDescription({ relations: [relation("permute", { weight: 2 })] });
    const violated = { kind: "relation", name: "permute", message: "no" } as const;
    const found = await evidence([
      judged(0, armResult(), armResult([violated])),
      judged(1, armResult([violated]), armResult([], { checked: [] })),
    ], task);
    expect(found.relations).toEqual([{
      name: "permute",
      weight: 2,
      table: { both: 0, baselineOnly: 1, candidateOnly: 0, neither: 0 },
      missing: 0,
      designEffect: 1,
    }]);
    expect(found.hardViolations).toEqual({ baseline: 1, candidate: 1 });
    expect(found.firstRegression).toBe(0);
  });

  test("counts the cases in which a failure kept a relation from being checked", async () => {
    const task = taskDescription({ relations: [relation("permute")] });
    const failed = armResult([], { checked: [], passed: false, failure: "exception" });
    const found = await evidence([
      judged(0, armResult(), failed),
      judged(1, armResult([], { checked: [] }), failed),
      judged(2, armResult(), armResult([], { checked: [] })),
    ], task);
    expect(found.relations[0]).toMatchObject({ missing: 1, table: { both: 0, baselineOnly: 0 } });
  });

  test("measures how much each relation depends on the cluster", async () => {
    const task = taskDescription({
      relations: [relation("permute"), relation("append")],
      clusters: true,
    });
    const broke = (name: string) => ({ kind: "relation", name, message: "no" }) as const;
    const cases = Array.from({ length: 200 }, (_, index) => {
      const cluster = `${index % 20}`;
      // One relation breaks in whole clusters, the other in half of each.
      const violations = [
        ...(index % 20 < 10 ? [broke("permute")] : []),
        ...(Math.floor(index / 20) < 5 ? [broke("append")] : []),
      ];
      return { ...judged(index, armResult(), armResult(violations)), cluster };
    });
    const [whole, apart] = (await evidence(cases, task)).relations;
    expect(whole?.designEffect).toBeGreaterThan(9);
    expect(apart?.designEffect).toBeLessThan(2);
  });

  test("credits a wrong answer with no better metric than the baseline's", async () => {
    const cases = Array.from({ length: 20 }, (_, index) => {
      const isWrong = index % 4 === 0;
      const candidate = armResult(isWrong ? [broken("sorted")] : [], {
        metrics: [isWrong ? -1000 : 3],
      });
      return judged(index, armResult([], { metrics: [2] }), candidate);
    });
    const lower = { metrics: [metric("cost", { direction: "lower" })] };
    const [found] = (await evidence(cases, taskDescription(lower))).metrics;
    expect(found?.difference.estimate).toBeCloseTo(0.75, 12);
    const higher = { metrics: [metric("score", { direction: "higher" })] };
    const [other] = (await evidence(cases, taskDescription(higher))).metrics;
    expect(other?.difference.estimate).toBeLessThan(-200);
  });

  test("speaks of stability only where cases ran more than once", async () => {
    const cases = [
      judged(0, armResult(), armResult([broken("sorted")], { unstable: "judgement" })),
      judged(1, armResult(), armResult([], { unstable: "output" })),
    ];
    expect((await evidence(cases)).unstable).toBeNull();
    expect((await evidence(cases, undefined, { repetitions: 3 })).unstable).toEqual({
      baseline: 0,
      candidate: 1,
    });
  });

  test("says after how many cases a run was stopped", async () => {
    const found = await evidence([keyed(0, {})], undefined, { stoppedAfter: 1 });
    expect(found.stopped).toEqual({ after: 1 });
    expect(await evidence([keyed(0, {})])).not.toHaveProperty("stopped");
  });
});

describe("groups", () => {
  test("are counted by name, and those beyond what can be told apart only in number", () => {
    const task = taskDescription({ groups: true });
    const builder = new SummaryBuilder({ requested: 300, task });
    for (let index = 0; index < 300; index++) {
      const result = judged(index, armResult(), armResult(index < 150 ? [broken("sorted")] : []));
      builder.add({ ...result, group: `g${String(index % 150).padStart(3, "0")}` });
    }
    const { groups, groupsDropped } = builder.build();
    expect(groups).toHaveLength(MOST_GROUPS);
    expect(groups[0]).toEqual({ name: "g000", cases: 2, passed: { baseline: 2, candidate: 1 } });
    expect(groups.map(({ name }) => name)).toEqual([...groups.map(({ name }) => name)].sort());
    expect(groupsDropped).toBe(100);
  });
});

import { describe, expect, test } from "vitest";
import { clusteredDifference } from "../../src/stats/clustered_difference.ts";
import { tangoInterval } from "../../src/stats/tango.ts";

const copies = (times: number) => ({
  table: {
    both: 60 * times,
    candidateOnly: 12 * times,
    baselineOnly: 8 * times,
    neither: 20 * times,
  },
  clusters: {
    differences: [
      ...Array<number>(12).fill(times),
      ...Array<number>(8).fill(-times),
      ...Array<number>(80).fill(0),
    ],
    sizes: Array<number>(100).fill(times),
  },
});

describe("the difference over clusters", () => {
  test("does not get narrower by counting every case many times", () => {
    const once = copies(1);
    const often = copies(50);
    const one = clusteredDifference(once.table, once.clusters);
    const many = clusteredDifference(often.table, often.clusters);
    expect(many.low).toBeCloseTo(one.low, 12);
    expect(many.high).toBeCloseTo(one.high, 12);
    expect(many.estimate).toBe(0.04);
    const naive = tangoInterval(often.table);
    expect(many.high - many.low).toBeGreaterThan(5 * (naive.high - naive.low));
  });

  test("is Tango's of the table divided by the design effect", () => {
    const { table, clusters } = copies(100);
    const { designEffect, low, high } = clusteredDifference(table, clusters);
    // By hand: 12 clusters gained, 8 lost, of 100; one more of size 100 is added.
    const independent = 2000 - 0.04 * 0.04 * 10000;
    const clustered = 100 / 99 * (12 * 96 * 96 + 8 * 104 * 104 + 80 * 4 * 4);
    expect(designEffect).toBeCloseTo((clustered + 10000) / (independent + 100), 9);
    // 99 pairs in all, 11.88 gained and 7.92 lost: between the intervals of whole tables around it.
    const tighter = tangoInterval({ both: 80, candidateOnly: 12, baselineOnly: 8, neither: 0 });
    expect(low).toBeLessThan(tighter.low);
    expect(high).toBeGreaterThan(tighter.high);
    expect(high - low).toBeLessThan(1.02 * (tighter.high - tighter.low));
  });

  test("is as wide as the number of clusters makes it where nothing differs", () => {
    const table = { both: 1000, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    const clusters = { differences: new Int8Array(10), sizes: new Uint16Array(10).fill(100) };
    const z = 1.959963984540054;
    const found = clusteredDifference(table, clusters);
    expect(found.high).toBeCloseTo(z * z / (10 + z * z), 12);
    expect(found.low).toBe(-found.high);
  });

  test("says nothing without cases", () => {
    const none = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
    expect(clusteredDifference(none, { differences: [], sizes: [] }))
      .toMatchObject({ estimate: null, low: -1, high: 1, designEffect: 1 });
  });
});

import { describe, expect, test } from "vitest";
import { type Group, groupGap } from "../../src/stats/group_gap.ts";
import { newcombeIndependentInterval } from "../../src/stats/newcombe_independent.ts";
import { welchTest } from "../../src/stats/welch.ts";
import { SLEEP } from "./data.ts";

/** A group of which `passed` of `total` cases have the value 1 and the others 0. */
function rates(label: string, passed: number, total: number): Group {
  return { label, values: Float64Array.from({ length: total }, (_, i) => i < passed ? 1 : 0) };
}

/** The z of 98.333 % intervals, three at once (Bonferroni): qnorm(1 - 0.05 / 6). */
const Z_OF_THREE = 2.3939797998185104;

describe("the gap between groups", () => {
  test("is Newcombe's interval for two groups of rates, larger minus smaller", () => {
    const found = groupGap([rates("b", 48, 80), rates("a", 56, 70)]);
    // Newcombe (1998), Statistics in Medicine 17:873-890, table II, (a): 0.0524 to 0.3339.
    expect(found).toMatchObject({ highest: "a", lowest: "b", method: "newcombe-1998" });
    expect(found.estimate).toBeCloseTo(0.2, 12);
    expect(found.low?.toFixed(4)).toBe("0.0524");
    expect(found.high?.toFixed(4)).toBe("0.3339");
  });

  test("is Welch's interval for two groups of other numbers", () => {
    const groups = [
      { label: "one", values: Float64Array.from(SLEEP.first) },
      { label: "two", values: Float64Array.from(SLEEP.second) },
    ];
    const found = groupGap(groups);
    const { low, high } = welchTest(SLEEP.second, SLEEP.first);
    expect(low).toBeLessThan(0);
    expect(found).toMatchObject({
      low: 0,
      high,
      highest: "two",
      lowest: "one",
      method: "welch-1947",
    });
  });

  test("of three groups holds for all three pairs at once", () => {
    const [a, b, c] = [rates("a", 90, 100), rates("b", 70, 100), rates("c", 75, 80)];
    const found = groupGap([a, b, c]);
    expect(found).toMatchObject({ highest: "c", lowest: "b" });
    const pair = (first: [number, number], second: [number, number]) =>
      newcombeIndependentInterval(
        { passed: first[0], total: first[1] },
        { passed: second[0], total: second[1] },
        Z_OF_THREE,
      );
    const pairs = [
      pair([90, 100], [70, 100]),
      pair([75, 80], [70, 100]),
      pair([75, 80], [90, 100]),
    ];
    expect(found.low).toBeCloseTo(Math.max(...pairs.map(({ low }) => low)), 9);
    expect(found.high).toBeCloseTo(Math.max(...pairs.map(({ high }) => high)), 9);
  });

  test("leaves out groups without cases, and is unknown without two that have some", () => {
    const unknown = { estimate: null, low: 0, high: 1, highest: null, lowest: null };
    expect(groupGap([])).toMatchObject(unknown);
    expect(groupGap([rates("a", 1, 2), rates("b", 0, 0)])).toMatchObject(unknown);
    const one = { label: "a", values: Float64Array.of(2.5, 3) };
    expect(groupGap([one, rates("b", 0, 0)])).toMatchObject({ ...unknown, low: null, high: null });
  });

  test("of equal groups is not certain", () => {
    const found = groupGap([rates("a", 20, 20), rates("b", 20, 20)]);
    expect(found).toMatchObject({ estimate: 0, low: 0, highest: "a", lowest: "a" });
    expect(found.high).toBeGreaterThan(0.1);
    const same = (label: string) => ({ label, values: Float64Array.of(3, 3, 3) });
    expect(groupGap([same("a"), same("b")])).toMatchObject({ estimate: 0, low: null, high: null });
  });

  test("is unknown with a number that is not finite", () => {
    const bad = { label: "a", values: Float64Array.of(NaN, 1) };
    expect(groupGap([bad, rates("b", 1, 2)])).toMatchObject({
      estimate: null,
      low: null,
      high: null,
    });
  });

  test("is as wide for copies of cases in clusters as for the cases", () => {
    const sixth = (index: number) => index % 6;
    const groups = (values: (index: number) => number, times: number): Group[] =>
      ["a", "b"].map((label, at) => {
        const rows = Array.from({ length: 40 * times }, (_, row) => Math.floor(row / times));
        const group = { label, values: Float64Array.from(rows, (row) => values(row + 3 * at)) };
        return times === 1 ? group : { ...group, clusters: Uint32Array.from(rows) };
      });
    for (const values of [sixth, (index: number) => sixth(index) < 2 ? 1 : 0]) {
      const once = groupGap(groups(values, 1));
      const often = groupGap(groups(values, 5));
      expect(often.high).toBeCloseTo(once.high ?? NaN, 10);
      expect(often.estimate).toBeCloseTo(once.estimate ?? NaN, 12);
    }
  });

  test("has no bounds from a single cluster a group, but for rates the widest", () => {
    const one = (label: string, values: number[]): Group => ({
      label,
      values: Float64Array.from(values),
      clusters: new Uint32Array(values.length),
    });
    expect(groupGap([one("a", [1, 2, 3]), one("b", [2, 3, 5])])).toMatchObject({
      low: null,
      high: null,
    });
    expect(groupGap([one("a", [1, 1, 1]), one("b", [0, 0, 0])]).low).toBeLessThan(0.2);
  });
});

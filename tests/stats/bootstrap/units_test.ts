import { describe, expect, test } from "vitest";
import { makeUnits, totalsOf } from "../../../src/stats/bootstrap/units.ts";

describe("units of the bootstrap", () => {
  test("are the rows without clusters, each one row", () => {
    const units = makeUnits([Float64Array.of(3, 1, 4)]);
    expect(units.count).toBe(3);
    expect(units.columns.map((column) => [...column])).toEqual([[3, 1, 4], [1, 1, 1]]);
    expect([...totalsOf(units)]).toEqual([8, 3]);
  });

  test("are the clusters' sums and sizes, without those that have no row", () => {
    const units = makeUnits(
      [Float64Array.of(3, 1, 4, 1), Float64Array.of(10, 20, 30, 40)],
      Uint32Array.of(3, 0, 3, 1),
    );
    expect(units.count).toBe(3);
    expect(units.columns.map((column) => [...column])).toEqual([[1, 1, 7], [20, 40, 40], [
      1,
      1,
      2,
    ]]);
  });

  test("refuse what does not fit together", () => {
    const column = Float64Array.of(1, 2);
    expect(() => makeUnits([])).toThrow(/columns.*at least one/);
    expect(() => makeUnits([column, Float64Array.of(1)])).toThrow(/columns.*current value has 1/);
    expect(() => makeUnits([column], Uint32Array.of(0))).toThrow(/clusters.*current value has 1/);
    expect(() => makeUnits([column], Uint32Array.of(0, 2))).toThrow(
      /clusters.*below the number of rows \(2\).*current value is 2/,
    );
  });
});

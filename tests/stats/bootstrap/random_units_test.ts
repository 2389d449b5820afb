import { describe, expect, test } from "vitest";
import { bootstrapState, drawUnits } from "../../../src/stats/bootstrap/random_units.ts";
import { caseSeed, purposeOf, Stream, streamSeed } from "../../../src/task/stream.ts";

describe("the bootstrap's draws", () => {
  test("are those of the project's random stream, resample after resample", () => {
    for (const units of [1, 2, 7, 1000]) {
      const stream = new Stream(streamSeed(caseSeed(99, 0), purposeOf("bootstrap")));
      const state = bootstrapState(99);
      const counts = new Uint32Array(units);
      for (let resample = 0; resample < 3; resample++) {
        const expected = new Uint32Array(units);
        for (let draw = 0; draw < units; draw++) {
          const unit = Math.floor((stream.next() >>> 0) / 4294967296 * units);
          expected[unit] = (expected[unit] ?? 0) + 1;
        }
        drawUnits(state, counts);
        expect(counts).toEqual(expected);
      }
    }
  });

  test("take each unit equally often", () => {
    const state = bootstrapState(1);
    const counts = new Uint32Array(10);
    const totals = new Float64Array(10);
    for (let resample = 0; resample < 20_000; resample++) {
      drawUnits(state, counts);
      counts.forEach((count, unit) => totals[unit] = (totals[unit] ?? 0) + count);
    }
    // 20,000 of 200,000 each, with a standard deviation of 134.
    for (const total of totals) expect(Math.abs(total - 20_000)).toBeLessThan(4 * 134);
  });
});

import { describe, expect, test } from "vitest";
import type { Interval } from "../../../src/stats/interval.ts";
import { newcombeInterval } from "../../../src/stats/newcombe.ts";
import type { PairedTable } from "../../../src/stats/paired_table.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";
import { wilsonInterval } from "../../../src/stats/wilson.ts";
import { randomFrom } from "../random.ts";

const RUNS = 1500;

function drawTable(random: () => number, n: number, gained: number, lost: number): PairedTable {
  const table = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (let index = 0; index < n; index++) {
    const draw = random();
    if (draw < gained) table.candidateOnly++;
    else if (draw < gained + lost) table.baselineOnly++;
    else if (draw < gained + lost + 0.8 * (1 - gained - lost)) table.both++;
    else table.neither++;
  }
  return table;
}

function coverage(method: (table: PairedTable) => Interval, gained: number, lost: number): number {
  const random = randomFrom(20_240_521);
  let covered = 0;
  for (let run = 0; run < RUNS; run++) {
    const { low, high } = method(drawTable(random, 100, gained, lost));
    if (low <= gained - lost && gained - lost <= high) covered++;
  }
  return covered / RUNS;
}

describe("simulated coverage of the 95 % intervals", () => {
  test.each([[0.1, 0.1], [0.05, 0.15], [0.02, 0.02], [0.3, 0.1]])(
    "paired difference with %f gained and %f lost",
    (gained, lost) => {
      for (const method of [tangoInterval, newcombeInterval]) {
        const share = coverage(method, gained, lost);
        expect(share).toBeGreaterThan(0.93);
        expect(share).toBeLessThan(0.99);
      }
    },
  );

  test.each([0.1, 0.5, 0.9])("one proportion of %f", (rate) => {
    const random = randomFrom(7);
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      let passed = 0;
      for (let index = 0; index < 60; index++) if (random() < rate) passed++;
      const { low, high } = wilsonInterval(passed, 60);
      if (low <= rate && rate <= high) covered++;
    }
    expect(covered / RUNS).toBeGreaterThan(0.92);
    expect(covered / RUNS).toBeLessThan(0.98);
  });
});

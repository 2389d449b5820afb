import { describe, expect, test } from "vitest";
import { eValueAgainst } from "../../../src/stats/sequential/betting.ts";
import { discordantEValue } from "../../../src/stats/sequential/discordant.ts";
import type { EValue, Side } from "../../../src/stats/sequential/e_value.ts";
import { groupSequentialBoundaries } from "../../../src/stats/sequential/group_sequential.ts";
import type { Spending } from "../../../src/stats/sequential/spending.ts";
import type { PairedTable } from "../../../src/stats/paired_table.ts";
import { normalQuantile } from "../../../src/stats/special/normal.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";
import { caseSeed, purposeOf, Stream, streamSeed } from "../../../src/task/stream.ts";

const CASES = 2000;
const RUNS = 3000;
const SIDE_ERROR = 0.025;

/** What a share of `runs` may exceed `truth` by: four Monte Carlo standard errors. */
const noise = (truth: number, runs: number) => 4 * Math.sqrt((truth * (1 - truth)) / runs);

const streamOf = (run: number, purpose: string) =>
  new Stream(streamSeed(caseSeed(7, run), purposeOf(purpose)));

/** A test of one side of a difference. */
interface SideTest {
  side: Side;
  difference: number;
  eValue: (table: PairedTable, difference: number, side: Side) => EValue;
}

/**
 * An e-value that is looked at after every case. A pair that speaks for the side multiplies it by
 * `2 / (1 - |difference|)` at most, any other by half of that: where this cannot have brought it to
 * the level since it was last computed, computing it again could not stop the run.
 */
class Watch {
  rejected = false;
  #log = 0;
  #won = 0;
  #done = 0;
  readonly #test: SideTest;
  readonly #growth: number;

  constructor(test: SideTest) {
    this.#test = test;
    this.#growth = -Math.log(1 - Math.abs(test.difference));
  }

  look(table: PairedTable, done: number): void {
    const { side, difference, eValue } = this.#test;
    const won = side === "greater" ? table.candidateOnly : table.baselineOnly;
    const most = this.#log + (won - this.#won) * Math.LN2 + (done - this.#done) * this.#growth;
    if (this.rejected || most < NEEDED - 1e-9) return;
    this.#log = eValue(table, difference, side).log;
    this.#won = won;
    this.#done = done;
    this.rejected = this.#log >= NEEDED;
  }
}

const NEEDED = -Math.log(SIDE_ERROR);

/** Shares of runs of which each watch, and any of them, rejected the truth at any time. */
function errors(
  regress: number,
  improve: number,
  tests: readonly SideTest[],
): { each: number[]; any: number } {
  const each = tests.map(() => 0);
  let any = 0;
  for (let run = 0; run < RUNS; run++) {
    const stream = streamOf(run, "optional stopping");
    const watches = tests.map((test) => new Watch(test));
    const table: PairedTable = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
    for (let done = 1; done <= CASES; done++) {
      const draw = (stream.next() >>> 0) / 2 ** 32;
      if (draw < regress) table.baselineOnly++;
      else if (draw < regress + improve) table.candidateOnly++;
      else table.both++;
      for (const watch of watches) watch.look(table, done);
    }
    watches.forEach(({ rejected }, index) => each[index] = (each[index] ?? 0) + Number(rejected));
    if (watches.some(({ rejected }) => rejected)) any++;
  }
  return { each: each.map((count) => count / RUNS), any: any / RUNS };
}

describe("looked at after every case, up to 2000", () => {
  test.each([[0.1, 0.1], [0.015, 0.005], [0.3, 0.35]])(
    "the truth of %f lost and %f won is rejected as seldom as promised",
    (regress, improve) => {
      const difference = improve - regress;
      const { each, any } = errors(regress, improve, [
        { side: "greater", difference, eValue: eValueAgainst },
        { side: "less", difference, eValue: eValueAgainst },
      ]);
      for (const share of each) {
        expect(share).toBeLessThan(SIDE_ERROR + noise(SIDE_ERROR, RUNS));
        // Not by being blind: with thousands of looks most of the error is used.
        expect(share).toBeGreaterThan(0.002);
      }
      // The interval holds the truth at all times together, as its ends are these two tests.
      expect(1 - any).toBeGreaterThan(0.95 - noise(0.05, RUNS));
    },
  );

  test("McNemar's e-value rejects two equal arms as seldom as promised", () => {
    const eValue: SideTest["eValue"] = (table, _zero, side) => discordantEValue(table, side);
    const { each } = errors(0.1, 0.1, [
      { side: "greater", difference: 0, eValue },
      { side: "less", difference: 0, eValue },
    ]);
    for (const share of each) {
      expect(share).toBeLessThan(SIDE_ERROR + noise(SIDE_ERROR, RUNS));
      expect(share).toBeGreaterThan(0.002);
    }
  });

  test("a fixed-n interval would not do: looked at every 20 cases it errs far more often", () => {
    let wrong = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const stream = streamOf(run, "peeking");
      const table: PairedTable = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
      for (let done = 1; done <= CASES; done++) {
        const draw = (stream.next() >>> 0) / 2 ** 32;
        if (draw < 0.1) table.baselineOnly++;
        else if (draw < 0.2) table.candidateOnly++;
        else table.both++;
        if (done % 20 !== 0) continue;
        const { low, high } = tangoInterval(table);
        if (low <= 0 && high >= 0) continue;
        wrong++;
        break;
      }
    }
    expect(wrong / runs).toBeGreaterThan(0.2);
  });
});

describe("looked at five times, the error is what was to be spent", () => {
  const fractions = [0.1, 0.3, 0.5, 0.8, 1];

  test.each<[Spending, 1 | 2]>([["pocock", 2], ["obrien-fleming", 2], ["pocock", 1]])(
    "%s, %i-sided, with normal statistics",
    (spending, sides) => {
      const runs = 40_000;
      const looks = groupSequentialBoundaries({ alpha: 0.05, sides, spending, fractions });
      const stream = streamOf(1, "normal walk");
      let rejected = 0;
      for (let run = 0; run < runs; run++) {
        let score = 0;
        let time = 0;
        const crossed = looks.map(({ fraction, z }) => {
          const uniform = ((stream.next() >>> 0) + 0.5) / 2 ** 32;
          score += Math.sqrt(fraction - time) * normalQuantile(uniform);
          time = fraction;
          const statistic = score / Math.sqrt(fraction);
          return (sides === 2 ? Math.abs(statistic) : statistic) >= z;
        });
        if (crossed.includes(true)) rejected++;
      }
      expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(noise(0.05, runs));
    },
  );

  test.each<[Spending, number, number]>([
    ["pocock", 0.1, 0.1],
    ["obrien-fleming", 0.1, 0.1],
    ["pocock", 0.015, 0.005],
    ["obrien-fleming", 0.015, 0.005],
  ])(
    "%s, by repeated Tango intervals at %f lost and %f won, up to what counts can do",
    (spending, regress, improve) => {
      const n = 1000;
      const runs = 20_000;
      const looks = groupSequentialBoundaries({ alpha: 0.05, sides: 2, spending, fractions });
      const zAt = new Map(looks.map(({ fraction, z }) => [Math.round(fraction * n), z]));
      let wrong = 0;
      for (let run = 0; run < runs; run++) {
        const stream = streamOf(run, "repeated intervals");
        if (!coversAtEachLook(stream, zAt, n, regress, improve)) wrong++;
      }
      expect(Math.abs(wrong / runs - 0.05)).toBeLessThan(0.005 + noise(0.05, runs));
    },
  );
});

/** Whether a run's repeated intervals hold the true difference at every look. */
function coversAtEachLook(
  stream: Stream,
  zAt: ReadonlyMap<number, number>,
  n: number,
  regress: number,
  improve: number,
): boolean {
  const table: PairedTable = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  for (let done = 1; done <= n; done++) {
    const draw = (stream.next() >>> 0) / 2 ** 32;
    if (draw < regress) table.baselineOnly++;
    else if (draw < regress + improve) table.candidateOnly++;
    else table.both++;
    const z = zAt.get(done);
    if (z === undefined) continue;
    const { low, high } = tangoInterval(table, z);
    if (low > improve - regress || high < improve - regress) return false;
  }
  return true;
}

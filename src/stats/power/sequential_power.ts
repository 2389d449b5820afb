import { caseSeed, purposeOf, Stream, streamSeed } from "../../task/stream.ts";
import { assertCount, assertSeed } from "../count.ts";
import type { PairedTable } from "../paired_table.ts";
import { assertRates, type PairRates } from "./pair_rates.ts";

/** What a look at an unfinished run leads to. */
export type InterimDecision = "adopt" | "reject" | "continue";

/** A run that is looked at after every batch, to be played through many times. */
export interface SequentialPlan extends PairRates {
  /** The most cases of a run. */
  most: number;
  /** Cases between two looks, at least 1; there is a look at the end in any case. */
  batch: number;
  /** Probability that both arms pass a pair on which they agree; 1 by default. */
  bothShare?: number;
  /** The rule that is really applied at each look. */
  decide: (table: PairedTable) => InterimDecision;
  /** How many runs are played; 2000 by default. */
  runs?: number;
  /** An unsigned 32-bit integer: the same one gives the same answer everywhere. */
  seed: number;
}

/** A share of simulated runs, with its Monte Carlo standard error. */
export interface SimulatedShare {
  share: number;
  standardError: number;
}

/** How a sequential run ends, and when. */
export interface SequentialPower {
  adopt: SimulatedShare;
  reject: SimulatedShare;
  /** Runs that were still undecided after all cases. */
  undecided: SimulatedShare;
  /** Cases until the decision, undecided runs with all of theirs. */
  cases: { mean: number; standardError: number; median: number; ninetieth: number };
}

/**
 * Power and expected number of cases of a run that may stop at any look, by simulation with the rule
 * itself. Each run has its own random stream, so more runs only add to those of fewer.
 *
 * @throws {RangeError} if a rate, a count or the seed is out of range.
 */
export function sequentialPower(plan: SequentialPlan): SequentialPower {
  const { most, batch, runs = 2000, seed } = plan;
  assertRates(plan);
  assertCount("most", most, 1);
  assertCount("batch", batch, 1);
  assertCount("runs", runs, 1);
  assertSeed(seed);
  const ends = { adopt: 0, reject: 0, continue: 0 };
  const cases = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    const end = playRun(plan, new Stream(streamSeed(caseSeed(seed, run), PURPOSE)));
    ends[end.decision]++;
    cases[run] = end.done;
  }
  return {
    adopt: shareOf(ends.adopt, runs),
    reject: shareOf(ends.reject, runs),
    undecided: shareOf(ends.continue, runs),
    cases: describe(cases),
  };
}

const PURPOSE = purposeOf("sequential-power");
const TWO_TO_32 = 4294967296;

function playRun(
  { most, batch, regress, improve, decide, bothShare = 1 }: SequentialPlan,
  stream: Stream,
): { decision: InterimDecision; done: number } {
  const regressBelow = regress * TWO_TO_32;
  const improveBelow = (regress + improve) * TWO_TO_32;
  const neitherFrom = improveBelow + (TWO_TO_32 - improveBelow) * bothShare;
  const table: PairedTable = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  for (let done = 1; done <= most; done++) {
    const draw = stream.next() >>> 0;
    if (draw < regressBelow) table.baselineOnly++;
    else if (draw < improveBelow) table.candidateOnly++;
    else if (draw < neitherFrom) table.both++;
    else table.neither++;
    if (done % batch !== 0 && done !== most) continue;
    const decision = decide({ ...table });
    if (decision !== "continue") return { decision, done };
  }
  return { decision: "continue", done: most };
}

function shareOf(count: number, runs: number): SimulatedShare {
  const share = count / runs;
  return { share, standardError: Math.sqrt((share * (1 - share)) / runs) };
}

function describe(cases: Float64Array): SequentialPower["cases"] {
  const sorted = cases.toSorted();
  const runs = sorted.length;
  const mean = sorted.reduce((sum, done) => sum + done, 0) / runs;
  const squares = sorted.reduce((sum, done) => sum + (done - mean) * (done - mean), 0);
  const standardError = runs > 1 ? Math.sqrt(squares / (runs - 1) / runs) : 0;
  const at = (share: number) => sorted[Math.min(runs - 1, Math.floor(share * runs))] ?? 0;
  return { mean, standardError, median: at(0.5), ninetieth: at(0.9) };
}

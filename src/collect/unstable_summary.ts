import { type Arm, ARMS, type JudgedCase } from "../evaluate/case_result.ts";

/** Cases of an arm that did not come out the same in all repetitions. */
export interface UnstableSummary {
  /** Cases that passed in some repetitions only. */
  judgements: number;
  /** Cases that always passed, or never, with outputs that changed. */
  outputs: number;
  /** Indices of the first of both. */
  first: number[];
}

const MOST_SHOWN = 10;

/** Counts cases that change from repetition to repetition. */
export class UnstableCounter {
  readonly #arms: Record<Arm, UnstableSummary> = { baseline: empty(), candidate: empty() };

  /** Adds a case. */
  add({ index, arms }: JudgedCase): void {
    for (const arm of ARMS) {
      const { unstable } = arms[arm];
      if (unstable === undefined) continue;
      const summary = this.#arms[arm];
      if (unstable === "judgement") summary.judgements++;
      else summary.outputs++;
      if (summary.first.length < MOST_SHOWN) summary.first.push(index);
    }
  }

  /** By arm. */
  summary(): Record<Arm, UnstableSummary> {
    return this.#arms;
  }
}

function empty(): UnstableSummary {
  return { judgements: 0, outputs: 0, first: [] };
}

import type { Value } from "../../sandbox/values/value.ts";
import type { Arm, JudgedCase, Violation } from "../evaluate/case_result.ts";

/** A case that shows a violation. */
export interface Counterexample {
  /** Index of the case: with the run's seed it names the input. */
  index: number;
  /** The input, a list of arguments; left out where it was too large to keep. */
  input?: Value;
  /** Length of the encoded input, in UTF-16 units. */
  size: number;
  /** What the task said of it. */
  message: string;
  /** For a failure: where in the arm's code. */
  stack?: string;
  /** Whether the baseline passes the case. */
  isRegression: boolean;
}

/** All cases in which one arm broke one thing. */
export interface ViolationSummary {
  arm: Arm;
  kind: Violation["kind"];
  name: string;
  /** Whether it decides whether a case passes. */
  isHard: boolean;
  /** Number of cases. */
  cases: number;
  /**
   * The cases with the shortest inputs, the shortest first, of equally short ones the first in index
   * order; regressions before others. At least one, at most {@linkcode MOST_COUNTEREXAMPLES}.
   */
  smallest: Counterexample[];
}

/**
 * Most different violations that are kept. Names come from a task's code, so their number must be
 * bounded here; what lies beyond is counted only.
 */
export const MOST_VIOLATIONS = 100;

/** Most cases that are kept of a violation: where shrinking begins. */
export const MOST_COUNTEREXAMPLES = 3;

const MOST_MESSAGE_CHARACTERS = 2000;

/** Collects violations by arm, kind and name, and keeps the smallest failing inputs of each. */
export class ViolationCollector {
  readonly #byKey = new Map<string, ViolationSummary>();
  #dropped = 0;

  /** Violations beyond {@linkcode MOST_VIOLATIONS}: counted, not kept. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds what an arm broke in one case. */
  add(arm: Arm, result: JudgedCase): void {
    const { violations, warnings } = result.arms[arm];
    if (violations.length === 0 && warnings.length === 0) return;
    const { index, inputSize: size } = result;
    const isRegression = arm === "candidate" && result.arms.baseline.passed;
    const found = {
      index,
      size,
      isRegression,
      ...("input" in result ? { input: result.input } : {}),
    };
    const seen = new Set<string>();
    const addEach = (broken: readonly Violation[], isHard: boolean) => {
      for (const violation of broken) {
        const key = JSON.stringify([arm, isHard, violation.kind, violation.name]);
        // A case counts once, also where it breaks the same thing twice.
        if (seen.has(key)) continue;
        seen.add(key);
        this.#addOne(key, { arm, isHard }, violation, found);
      }
    };
    addEach(violations, true);
    addEach(warnings, false);
  }

  #addOne(
    key: string,
    where: Pick<ViolationSummary, "arm" | "isHard">,
    { kind, name, message, stack }: Violation,
    found: Omit<Counterexample, "message" | "stack">,
  ): void {
    const known = this.#byKey.get(key);
    if (known === undefined && this.#byKey.size >= MOST_VIOLATIONS) {
      this.#dropped++;
      return;
    }
    const summary = known ?? { ...where, kind, name, cases: 0, smallest: [] };
    this.#byKey.set(key, summary);
    summary.cases++;
    const counterexample = {
      ...found,
      message: cut(message),
      ...(stack === undefined ? {} : { stack }),
    };
    keepSmallest(summary.smallest, counterexample);
  }

  /** The candidate's first, hard before soft, then by number of cases, then by name. */
  list(): ViolationSummary[] {
    return [...this.#byKey.values()].sort(compareViolations);
  }
}

/** Puts a counterexample in its place among the smallest, or drops it. Later ones come last of equals. */
function keepSmallest(smallest: Counterexample[], found: Counterexample): void {
  const at = smallest.findIndex((other) => compareSizes(found, other) < 0);
  if (at >= 0) smallest.splice(at, 0, found);
  else smallest.push(found);
  if (smallest.length > MOST_COUNTEREXAMPLES) smallest.pop();
}

function compareSizes(a: Counterexample, b: Counterexample): number {
  if (a.isRegression !== b.isRegression) return a.isRegression ? -1 : 1;
  return a.size - b.size;
}

function compareViolations(a: ViolationSummary, b: ViolationSummary): number {
  if (a.arm !== b.arm) return a.arm === "candidate" ? -1 : 1;
  if (a.isHard !== b.isHard) return a.isHard ? -1 : 1;
  if (a.cases !== b.cases) return b.cases - a.cases;
  const left = `${a.kind} ${a.name}`;
  const right = `${b.kind} ${b.name}`;
  // By code unit and not by locale: the order must be the same everywhere.
  return left < right ? -1 : left > right ? 1 : 0;
}

function cut(message: string): string {
  if (message.length <= MOST_MESSAGE_CHARACTERS) return message;
  return `${message.slice(0, MOST_MESSAGE_CHARACTERS)}… (${message.length} characters)`;
}

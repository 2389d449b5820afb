import type { Value } from "../../sandbox/values/value.ts";
import type { Arm, CaseResult, Violation } from "../evaluate/case_result.ts";

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
}

/** All cases in which one arm broke one thing. */
export interface ViolationSummary {
  arm: Arm;
  kind: Violation["kind"];
  name: string;
  /** Number of cases. */
  cases: number;
  /** The case with the shortest input; of equally short ones the first. */
  smallest: Counterexample;
}

/**
 * Most different violations that are kept. Names come from a task's code, so their number must be
 * bounded here; what lies beyond is counted only.
 */
export const MOST_VIOLATIONS = 100;

const MOST_MESSAGE_CHARACTERS = 2000;

/** Collects violations by arm, kind and name, and keeps the smallest failing input of each. */
export class ViolationCollector {
  readonly #byKey = new Map<string, ViolationSummary>();
  #dropped = 0;

  /** Violations beyond {@linkcode MOST_VIOLATIONS}: counted, not kept. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds what an arm broke in one case. */
  add(arm: Arm, result: CaseResult & { valid: true }, violations: readonly Violation[]): void {
    const { index, input, inputSize: size } = result;
    const found = { index, size, ...("input" in result ? { input } : {}) };
    const seen = new Set<string>();
    for (const { kind, name, message } of violations) {
      const key = JSON.stringify([arm, kind, name]);
      // A case counts once, also where it breaks the same thing twice.
      if (seen.has(key)) continue;
      seen.add(key);
      this.#addOne(key, arm, { kind, name, message }, found);
    }
  }

  #addOne(
    key: string,
    arm: Arm,
    violation: Violation,
    found: Omit<Counterexample, "message">,
  ): void {
    const counterexample = { ...found, message: cut(violation.message) };
    const known = this.#byKey.get(key);
    if (known) {
      known.cases++;
      if (found.size < known.smallest.size) known.smallest = counterexample;
      return;
    }
    if (this.#byKey.size >= MOST_VIOLATIONS) {
      this.#dropped++;
      return;
    }
    const { kind, name } = violation;
    this.#byKey.set(key, { arm, kind, name, cases: 1, smallest: counterexample });
  }

  /** The candidate's first, then by number of cases, then by name. */
  list(): ViolationSummary[] {
    return [...this.#byKey.values()].sort(compareViolations);
  }
}

function compareViolations(a: ViolationSummary, b: ViolationSummary): number {
  if (a.arm !== b.arm) return a.arm === "candidate" ? -1 : 1;
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

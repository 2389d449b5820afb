import { armResult, candidateCase, runArm } from "./arm_run.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, Violation } from "./case_result.ts";
import { firstBroken, repeatArm } from "./repeat.ts";
import { type PlannedCase, planShrinks } from "./task_calls.ts";

/** A violation to make smaller, and how much may be tried for it. */
export interface ShrinkRequest {
  index: number;
  /** Length of the case's encoded input, in UTF-16 units. */
  size: number;
  arm: Arm;
  violation: Pick<Violation, "kind" | "name">;
  /** Whether the baseline passes the case: then it must pass the smaller ones as well. */
  isRegression: boolean;
  /** Most inputs that are tried. */
  tries: number;
  /**
   * Fuel that the calls of arms and task may use in all, the last one going beyond it: a bound on time
   * that is the same everywhere.
   */
  fuel: number;
}

/** What shrinking came to. */
export interface Shrunk {
  index: number;
  /** Which child at each level of the shrink tree: with seed and index it names the smaller case. */
  path: number[];
  /** Length of the encoded input, in UTF-16 units. */
  size: number;
  /** Inputs that were tried, those that the task failed to plan included. */
  tries: number;
  /** Why it ended: nothing smaller breaks the same thing, or a bound was met. */
  ended: "minimal" | "tries" | "fuel";
}

/** Children of a shrink tree that the task plans in one call. */
const CHUNK = 16;

/**
 * Makes a violation's input as small as its arbitrary can: goes down the shrink tree, at each level to
 * the first child that breaks the same thing, as fast-check's runner does.
 *
 * Deterministic: the tree is a function of seed and index, and both bounds count what is the same on
 * every machine. Fixed cases do not shrink.
 *
 * J. Regehr et al. (2012), "Test-case reduction for C compiler bugs", PLDI, on greedy reduction.
 */
export function shrinkCase(context: CaseContext, request: ShrinkRequest): Shrunk {
  const { index, size } = request;
  const budget = { tries: request.tries, fuel: request.fuel };
  const spending = chargeCalls(context, budget);
  const found: Shrunk = { index, path: [], size, tries: 0, ended: "minimal" };
  for (;;) {
    const child = smallerFailing(spending, request, found, budget);
    if (child === undefined) return found;
    found.path.push(child.number);
    found.size = child.planned.text.length;
  }
}

/** What may still be spent. */
interface Budget {
  tries: number;
  fuel: number;
}

/** Charges every call to the budget, the task's as well: its code can take as long as an arm's. */
function chargeCalls(context: CaseContext, budget: Budget): CaseContext {
  return {
    ...context,
    guard: (call) => {
      const outcome = context.guard(call);
      budget.fuel -= outcome.usage.fuel;
      // What a call used that ran past its deadline is not known, but it was more time than all of this
      // may take.
      if (!outcome.ok && outcome.failure.kind === "deadline") budget.fuel = 0;
      return outcome;
    },
  };
}

/** A child of where the shrinking is, with its number. */
interface Child {
  number: number;
  /** `undefined` where the task fails to plan it. */
  planned: PlannedCase | undefined;
}

/** The first child of where the shrinking is that breaks the same thing. */
function smallerFailing(
  context: CaseContext,
  request: ShrinkRequest,
  found: Shrunk,
  budget: Budget,
): { number: number; planned: PlannedCase } | undefined {
  for (const { number, planned } of childrenOf(context, request.index, found.path)) {
    if (found.tries >= budget.tries) found.ended = "tries";
    else if (budget.fuel <= 0) found.ended = "fuel";
    if (found.ended !== "minimal") return undefined;
    found.tries++;
    if (planned !== undefined && breaksTheSame(context, request, planned)) {
      return { number, planned };
    }
  }
  return undefined;
}

/** All children of a place in the shrink tree, in order. */
function* childrenOf(
  context: CaseContext,
  index: number,
  path: readonly number[],
): Generator<Child, void, void> {
  for (let start = 0;; start += CHUNK) {
    const chunk = planShrinks(context, index, path, start, CHUNK);
    if ("failure" in chunk) {
      // One of them may be what the task cannot plan, or all together are too large for one reply.
      for (let number = start; number < start + CHUNK; number++) {
        const one = planShrinks(context, index, path, number, 1);
        if (!("failure" in one) && one.length === 0) return;
        yield { number, planned: "failure" in one ? undefined : one[0] };
      }
      continue;
    }
    for (const [at, planned] of chunk.entries()) yield { number: start + at, planned };
    if (chunk.length < CHUNK) return;
  }
}

function breaksTheSame(
  context: CaseContext,
  { arm, violation, isRegression }: ShrinkRequest,
  planned: PlannedCase,
): boolean {
  const asked = caseOf(context, arm, planned);
  const run = firstBroken(context, arm, asked, runArm(context, arm, asked, 0));
  const { violations, warnings } = armResult(run, context);
  const isBroken = [...violations, ...warnings].some(({ kind, name }) =>
    kind === violation.kind && name === violation.name
  );
  if (!isBroken || !isRegression) return isBroken;
  const baseline = runArm(context, "baseline", planned, 0, run);
  return repeatArm(context, "baseline", planned, baseline).passed;
}

/** The case as an arm is asked and judged: a candidate that is compared needs the baseline's output. */
function caseOf(context: CaseContext, arm: Arm, planned: PlannedCase): PlannedCase {
  const { sameAsBaseline, feedsBack } = context.task;
  if (arm === "baseline" || !(sameAsBaseline || feedsBack)) return planned;
  return candidateCase(context, planned, runArm(context, "baseline", planned, 0));
}

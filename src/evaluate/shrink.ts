import type { Usage } from "../../sandbox/outcome.ts";
import { armResult, runArm } from "./arm_run.ts";
import type { CaseContext } from "./case_context.ts";
import type { Arm, Violation } from "./case_result.ts";
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
  /** Most fuel that the arms may use in all: a bound on time that is the same everywhere. */
  fuel: number;
}

/** What shrinking came to. */
export interface Shrunk {
  index: number;
  /** Which child at each level of the shrink tree: with seed and index it names the smaller case. */
  path: number[];
  /** Length of the encoded input, in UTF-16 units. */
  size: number;
  /** Inputs that were tried. */
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
  const found: Shrunk = { index, path: [], size, tries: 0, ended: "minimal" };
  while (found.ended === "minimal") {
    const child = smallerFailing(context, request, found, budget);
    if (child === undefined) break;
    found.path.push(child.number);
    found.size = child.planned.text.length;
  }
  return found;
}

/** The first child of where the shrinking is that breaks the same thing. */
function smallerFailing(
  context: CaseContext,
  request: ShrinkRequest,
  found: Shrunk,
  budget: { tries: number; fuel: number },
): { number: number; planned: PlannedCase } | undefined {
  for (let start = 0;; start += CHUNK) {
    const children = planShrinks(context, request.index, found.path, start, CHUNK);
    // A task that cannot shrink any further has nothing smaller to show.
    if ("failure" in children || children.length === 0) return undefined;
    for (const [at, planned] of children.entries()) {
      if (found.tries >= budget.tries) found.ended = "tries";
      else if (budget.fuel <= 0) found.ended = "fuel";
      if (found.ended !== "minimal") return undefined;
      found.tries++;
      const spend = ({ fuel }: Usage) => void (budget.fuel -= fuel);
      if (breaksTheSame(context, request, planned, spend)) return { number: start + at, planned };
    }
  }
}

function breaksTheSame(
  context: CaseContext,
  { arm, violation, isRegression }: ShrinkRequest,
  planned: PlannedCase,
  spend: (usage: Usage) => void,
): boolean {
  const run = runArm(context, arm, planned, 0);
  spend(run.answers.usage);
  const { violations } = armResult(run, context);
  const isBroken = violations.some(({ kind, name }) =>
    kind === violation.kind && name === violation.name
  );
  if (!isBroken || !isRegression) return isBroken;
  const baseline = runArm(context, "baseline", planned, 0, run);
  spend(baseline.answers.usage);
  return armResult(baseline, context).passed;
}

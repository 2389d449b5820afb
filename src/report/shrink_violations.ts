import type { Counterexample, ViolationSummary } from "../collect/violation_summary.ts";
import type { CaseDetail } from "../evaluate/case_detail.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";

/** The smallest case found that shows a violation, run once more from nothing. */
export interface SmallestCase {
  shrunk: Shrunk;
  detail: CaseDetail;
}

/** Violations that are shrunk: those that a person will look at first. */
const MOST_SHRUNK = 10;

/** Fuel that shrinking one violation may use: about a second. */
const FUEL_OF_ONE = 8_000_000_000;

/** Fuel that shrinking all violations of a run may use: about three seconds. */
const FUEL_OF_ALL = 24_000_000_000;

/**
 * Shrinks the violations at the head of the list: each from its smallest cases, of which the one that
 * gets smallest is kept and run once more, with everything loaded anew.
 *
 * @param tries Most inputs that are tried for one violation; 0 for no shrinking.
 * @throws {CupelError} `cancelled` when the signal was aborted.
 */
export async function shrinkViolations(
  run: RunSpec,
  dispatcher: Dispatcher,
  violations: readonly ViolationSummary[],
  tries: number,
  signal?: AbortSignal,
): Promise<Map<ViolationSummary, SmallestCase>> {
  const smallest = new Map<ViolationSummary, SmallestCase>();
  const chosen = tries === 0 ? [] : hardFirst(violations).slice(0, MOST_SHRUNK);
  if (chosen.length === 0) return smallest;
  const budget = { tries, fuel: Math.min(FUEL_OF_ONE, Math.floor(FUEL_OF_ALL / chosen.length)) };
  const shrunk = await Promise.all(
    chosen.map((violation) => shrinkOne(run, dispatcher, violation, budget, signal)),
  );
  const addresses = shrunk.map(({ index, path }) => ({ index, path }));
  const details = await dispatcher.examine(run, addresses, signal);
  for (const [at, violation] of chosen.entries()) {
    const [found, detail] = [shrunk[at], details[at]];
    if (found !== undefined && detail !== undefined) {
      smallest.set(violation, { shrunk: found, detail });
    }
  }
  return smallest;
}

/** What decides comes before what is only reported, whichever arm broke it. */
function hardFirst(violations: readonly ViolationSummary[]): ViolationSummary[] {
  return violations.toSorted((a, b) => Number(b.isHard) - Number(a.isHard));
}

async function shrinkOne(
  run: RunSpec,
  dispatcher: Dispatcher,
  violation: ViolationSummary,
  budget: Pick<ShrinkRequest, "tries" | "fuel">,
  signal?: AbortSignal,
): Promise<Shrunk> {
  const { arm, kind, name } = violation;
  const smallest = alike(violation.smallest);
  const starts = smallest.length;
  const found = await Promise.all(
    smallest.map(({ index, size, isRegression }) =>
      dispatcher.shrink(run, {
        index,
        size,
        arm,
        violation: { kind, name },
        isRegression,
        tries: Math.ceil(budget.tries / starts),
        fuel: Math.ceil(budget.fuel / starts),
      }, signal)
    ),
  );
  return found.reduce((best, other) => other.size < best.size ? other : best);
}

/** Regressions come first, and what they shrink to is not to be outdone by what is no regression. */
function alike(smallest: readonly Counterexample[]): Counterexample[] {
  return smallest.filter(({ isRegression }) => isRegression === smallest[0]?.isRegression);
}

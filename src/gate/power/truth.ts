import { CupelError } from "../../errors.ts";
import type { PairRates } from "../../stats/power/pair_rates.ts";
import type { Policy } from "../policy.ts";
import { percentage } from "../words.ts";

/** What is assumed to be true of all cases that could be drawn, for planning. */
export interface Truth {
  /** Share of the cases that the baseline passes and the candidate fails. */
  regressions: number;
  /** Share of the cases that the baseline fails and the candidate passes. */
  improvements: number;
  /** Share of the cases that the baseline passes. */
  passRate: number;
}

/**
 * Checks that shares can be true together.
 *
 * @throws {CupelError} `bad-input` where more cases improve than the baseline fails, or more regress
 *   than it passes.
 */
export function assertTruth({ regressions, improvements, passRate }: Truth): void {
  if (regressions > passRate) {
    throw new CupelError(
      "bad-input",
      "Cannot use the rate of regressions as it must be at most the baseline's pass rate " +
        `(${percentage(passRate)}): current value is ${percentage(regressions)}`,
    );
  }
  // Sums of shares such as 0.9 and 0.1 may be above 1 by a rounding error.
  if (improvements + passRate <= 1 + 1e-12) return;
  throw new CupelError(
    "bad-input",
    "Cannot use the rate of improvements as it must be at most the share that the baseline fails " +
      `(${percentage(1 - passRate)}): current value is ${percentage(improvements)}`,
  );
}

/** Of the cases on which both arms agree, the share that both pass. */
export function bothShare({ regressions, improvements, passRate }: Truth): number {
  const agreeing = 1 - regressions - improvements;
  return agreeing <= 0 ? 1 : Math.min(1, Math.max(0, (passRate - regressions) / agreeing));
}

/**
 * What is known of the pairs that agree, where a rule of the policy looks at them: that on the pass rate
 * is the only one of those that are planned.
 */
export function agreeing(
  { passRate }: Pick<Policy, "passRate">,
  truth: Truth,
): { bothShare?: number } {
  return passRate === null ? {} : { bothShare: bothShare(truth) };
}

/** The truth as far as pairs that disagree go. */
export function pairRates({ regressions, improvements }: Truth): PairRates {
  return { regress: regressions, improve: improvements };
}

import * as z from "zod";

/** What a candidate must show to be adopted. */
export interface Policy {
  /** Fewest judged cases on which a verdict may rest. */
  minimumCases: number;
  /** Whether one case that the baseline passes and the candidate fails is enough to reject. */
  noRegression: boolean;
  /**
   * By how much the candidate's pass rate may lie below the baseline's: 0 for not at all, 0.01 for
   * one point in a hundred.
   */
  margin: number;
}

/** Non-inferiority with margin 0 and no regression: an equivalent candidate is adopted. */
export const DEFAULT_POLICY: Readonly<Policy> = Object.freeze({
  minimumCases: 10,
  noRegression: true,
  margin: 0,
});

/** Parses a policy that came from outside; what is left out takes its default. */
export const policySchema: z.ZodType<Policy, Partial<Policy> | undefined> = z.strictObject({
  minimumCases: z.int().min(1).max(1_000_000_000).default(DEFAULT_POLICY.minimumCases),
  noRegression: z.boolean().default(DEFAULT_POLICY.noRegression),
  margin: z.number().min(0).lt(1).default(DEFAULT_POLICY.margin),
}).prefault({});

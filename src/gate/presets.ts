import { DEFAULT_POLICY, type Policy } from "./policy.ts";

/** A policy by name. */
export interface Preset {
  /** What it is for, for help and documents. */
  summary: string;
  policy: Policy;
}

const tolerant: Policy = { ...DEFAULT_POLICY, regressions: null };

/** The policies that have a name; each can be changed by parameters. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  default: {
    summary: "no regression in the cases seen",
    policy: DEFAULT_POLICY,
  },
  noninferiority: {
    summary: "regressions within a margin of 1 point",
    policy: { ...tolerant, difference: { kind: "noninferiority", margin: 0.01 } },
  },
  superiority: {
    summary: "better than the baseline, by more than the margin if one is given",
    // It is the baseline's failures that make room for a better candidate.
    policy: {
      ...tolerant,
      baselinePassRate: 0,
      difference: { kind: "superiority", margin: 0 },
    },
  },
  strict: {
    summary: "no regression, no broken hard property, and a loss of 2 points excluded at 99 %",
    policy: {
      ...DEFAULT_POLICY,
      confidence: 0.99,
      minimumCases: 100,
      hardViolations: { cases: 0 },
      difference: { kind: "noninferiority", margin: 0.02 },
      relations: { method: "holm", alpha: 0.05 },
    },
  },
  moderate: {
    summary: "regressions within a margin of 2 points, no relation significantly worse",
    policy: {
      ...tolerant,
      minimumCases: 50,
      difference: { kind: "noninferiority", margin: 0.02 },
      relations: { method: "holm", alpha: 0.05 },
    },
  },
  lenient: {
    summary: "regressions within a margin of 5 points at 90 %",
    policy: {
      ...tolerant,
      confidence: 0.9,
      difference: { kind: "noninferiority", margin: 0.05 },
    },
  },
  llm: {
    summary: "for noisy candidates: a margin of 5 points, at most a tenth of the cases unstable, " +
      "stopped early when clearly worse",
    policy: {
      ...tolerant,
      minimumCases: 50,
      difference: { kind: "noninferiority", margin: 0.05 },
      unstable: { rate: 0.1 },
      sequential: { method: "always-valid" },
    },
  },
};

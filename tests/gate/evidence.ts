import type {
  Estimate,
  Evidence,
  InterimEvidence,
  MetricEvidence,
} from "../../src/gate/evidence.ts";
import type { Policy } from "../../src/gate/policy.ts";
import { type PolicyInput, policySchema } from "../../src/gate/policy_schema.ts";
import type { RuleResult } from "../../src/gate/rule.ts";
import { decide } from "../../src/gate/verdict.ts";

/** Cells of a paired table, 0 if left out, and how many cases were asked for. */
export interface Cells {
  both?: number;
  candidateOnly?: number;
  baselineOnly?: number;
  neither?: number;
  invalid?: number;
  requested?: number;
}

/** A figure without an interval. */
export const UNKNOWN: Estimate = { estimate: null, low: null, high: null, method: "none" };

/** A figure with its interval. */
export function estimate(low: number, middle: number, high: number): Estimate {
  return { estimate: middle, low, high, method: "bootstrap-bca" };
}

/** A run's evidence: a table, and nothing else unless it is given. */
export function evidence(cells: Cells, rest: Partial<Evidence> = {}): Evidence {
  const { both = 0, candidateOnly = 0, baselineOnly = 0, neither = 0, invalid = 0 } = cells;
  const requested = cells.requested ?? both + candidateOnly + baselineOnly + neither + invalid;
  return {
    requested,
    invalid,
    table: { both, candidateOnly, baselineOnly, neither },
    clusters: null,
    hardViolations: { baseline: 0, candidate: 0 },
    relations: [],
    metrics: [],
    cost: { fuel: UNKNOWN, memory: UNKNOWN },
    unstable: null,
    alerts: null,
    ...rest,
  };
}

/** What is known of a run on its way. */
export function interim(cells: Cells & { requested: number }, hard = 0): InterimEvidence {
  const { requested, invalid, table } = evidence(cells);
  const { both, candidateOnly, baselineOnly, neither } = table;
  const done = both + candidateOnly + baselineOnly + neither + invalid;
  const hardViolations = { baseline: 0, candidate: hard };
  return { requested, done, invalid, table, hardViolations };
}

/** A metric in 100 cases with a value of both arms; less is better. */
export function metric(rest: Partial<MetricEvidence> = {}): MetricEvidence {
  return {
    name: "excess",
    kind: "mean",
    direction: "lower",
    cases: 100,
    missing: 0,
    baseline: 10,
    candidate: 10,
    difference: estimate(-1, 0, 1),
    gap: null,
    ...rest,
  };
}

/** A policy from what differs from the default one. */
export function policy(input: PolicyInput = {}): Policy {
  return policySchema.parse(input);
}

/** The answers of the rule of a name. */
export function answers(name: string, found: Evidence, input: PolicyInput = {}): RuleResult[] {
  return decide(found, policy(input)).rules.filter((rule) => rule.name === name);
}

/** The one answer of the rule of a name. */
export function answer(name: string, found: Evidence, input: PolicyInput = {}): RuleResult {
  const [only, ...others] = answers(name, found, input);
  if (only === undefined || others.length > 0) throw new Error(`${name} has no one answer`);
  return only;
}

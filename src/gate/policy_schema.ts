import * as z from "zod";
import {
  type Cap,
  DEFAULT_POLICY,
  DIFFERENCE_KINDS,
  type DifferenceRequirement,
  GROUP_SEQUENTIAL_METHODS,
  type MetricRequirement,
  MULTIPLICITY_METHODS,
  type Policy,
  type Sequential,
  SEVERITIES,
} from "./policy.ts";

/** A policy as it comes from outside: what is left out takes its default. */
export interface PolicyInput {
  confidence?: number | undefined;
  minimumCases?: number | undefined;
  baselinePassRate?: number | undefined;
  regressions?: number | null | undefined;
  hardViolations?: Cap | null | undefined;
  passRate?: number | null | undefined;
  difference?: Partial<DifferenceRequirement> | undefined;
  metrics?: Record<string, Partial<MetricRequirement>> | undefined;
  otherMetrics?: Partial<MetricRequirement> | null | undefined;
  cost?: Partial<Policy["cost"]> | undefined;
  relations?: Partial<NonNullable<Policy["relations"]>> | null | undefined;
  monitors?: Partial<Policy["monitors"]> | undefined;
  unstable?: Cap | null | undefined;
  sequential?: Sequential | null | undefined;
}

/** Most looks of a group-sequential test. */
export const MOST_LOOKS = 50;

const caseCount = z.int().min(0).max(1_000_000_000);
const share = z.number().min(0).max(1);
const openShare = z.number().gt(0).lt(1);
const cap = z.union([z.strictObject({ cases: caseCount }), z.strictObject({ rate: share })], {
  error: "must be { cases = a whole number } or { rate = 0 to 1 }",
});
const metric = z.strictObject({
  kind: z.enum([...DIFFERENCE_KINDS, "reported"]).optional(),
  margin: z.number().min(0).optional(),
  maxGap: z.number().min(0).nullable().default(null),
}).transform(({ kind, margin, maxGap }): MetricRequirement => {
  // Who names a gap and nothing else wants nothing else.
  const gapOnly = maxGap !== null && margin === undefined;
  return { kind: kind ?? (gapOnly ? "reported" : "noninferiority"), margin: margin ?? 0, maxGap };
});
const sequential = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("always-valid") }),
  z.strictObject({
    method: z.enum(GROUP_SEQUENTIAL_METHODS),
    looks: z.int().min(2).max(MOST_LOOKS),
  }),
]);

function hasPrototypeKey(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__");
}

/**
 * A schema for policies from outside.
 *
 * @param base What is left out is taken from it: the default policy, or a preset.
 */
export function policySchemaOver(base: Policy): z.ZodType<Policy, PolicyInput | undefined> {
  return z.strictObject({
    confidence: z.number().min(0.5).max(0.9999).default(base.confidence),
    minimumCases: caseCount.min(1).default(base.minimumCases),
    baselinePassRate: share.default(base.baselinePassRate),
    regressions: caseCount.nullable().default(base.regressions),
    hardViolations: cap.nullable().default(base.hardViolations),
    passRate: share.nullable().default(base.passRate),
    difference: z.strictObject({
      kind: z.enum(DIFFERENCE_KINDS).default(base.difference.kind),
      margin: share.lt(1).default(base.difference.margin),
    }).prefault({}),
    // A record drops this key, and with it the rule that somebody asked for.
    metrics: z.custom<NonNullable<PolicyInput["metrics"]>>((metrics) => !hasPrototypeKey(metrics), {
      error: 'no metric can be called "__proto__"',
    }).pipe(z.record(z.string(), metric)).default(base.metrics),
    otherMetrics: metric.nullable().default(base.otherMetrics),
    cost: z.strictObject({
      fuel: z.number().gt(0).nullable().default(base.cost.fuel),
      memory: z.number().gt(0).nullable().default(base.cost.memory),
    }).prefault({}),
    relations: z.strictObject({
      method: z.enum(MULTIPLICITY_METHODS).default(base.relations?.method ?? "holm"),
      alpha: openShare.default(base.relations?.alpha ?? 0.05),
    }).nullable().default(base.relations),
    monitors: z.strictObject({
      rejectAt: z.enum(SEVERITIES).nullable().default(base.monitors.rejectAt),
    }).prefault({}),
    unstable: cap.nullable().default(base.unstable),
    sequential: sequential.nullable().default(base.sequential),
  }).prefault({});
}

/** Parses a policy that came from outside; what is left out takes the default policy's value. */
export const policySchema: z.ZodType<Policy, PolicyInput | undefined> = policySchemaOver(
  DEFAULT_POLICY,
);

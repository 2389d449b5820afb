import * as z from "zod";
import { FAILURE_KINDS } from "../../sandbox/outcome.ts";
import type { Value } from "../../sandbox/values/value.ts";
import type { CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";

/** An index, a count, a number of bytes. */
export const count = z.int().min(0);

const amount = z.number().min(0);
const text = z.string();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hexadecimal");

/** Whatever a guest gives: the value codec has read it, so it is a value. */
const value = z.custom<Value>(() => true);

const failureKind = z.enum(FAILURE_KINDS);
const usage = z.object({ fuel: amount, memoryBytes: amount, wallMs: amount });

const violation = z.object({
  kind: z.enum(["property", "relation", "failure"]),
  name: text,
  message: text,
  stack: text.optional(),
});

const armResult = z.object({
  passed: z.boolean(),
  violations: z.array(violation),
  warnings: z.array(violation),
  checked: z.array(text),
  metrics: z.array(z.number().nullable()),
  usage,
  calls: count,
  outputDigest: z.union([sha256, failureKind]),
  failure: failureKind.optional(),
  unstable: z.enum(["judgement", "output"]).optional(),
}).refine(
  ({ passed, violations }) => passed === (violations.length === 0),
  "must have passed where it violates nothing, and only there",
);

const invalidCase = z.object({
  index: count,
  valid: z.literal(false),
  error: z.object({ kind: failureKind, message: text }),
});

/** One case of a batch, as a node gives it. */
export const caseResultSchema: z.ZodType<CaseResult> = z.discriminatedUnion("valid", [
  z.object({
    index: count,
    valid: z.literal(true),
    inputDigest: sha256,
    inputSize: count,
    input: value.optional(),
    cluster: text.optional(),
    group: text.optional(),
    arms: z.object({ baseline: armResult, candidate: armResult }),
  }),
  invalidCase,
]);

const shown = z.object({ value, text: text.optional() });

const callDetail = z.object({
  relation: text.optional(),
  input: shown,
  answer: z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), output: shown }),
    z.object({
      ok: z.literal(false),
      failure: z.object({ kind: failureKind, message: text, stack: text.optional() }),
    }),
  ]),
  console: z.array(
    z.object({ level: z.enum(["debug", "log", "info", "warn", "error"]), text }),
  ),
  usage,
});

const armDetail = z.object({ result: armResult, calls: z.array(callDetail).min(1) });

/** One case in full, as a node gives it. */
export const caseDetailSchema: z.ZodType<CaseDetail> = z.discriminatedUnion("valid", [
  z.object({
    index: count,
    valid: z.literal(true),
    path: z.array(count),
    inputDigest: sha256,
    input: shown,
    arms: z.object({ baseline: armDetail, candidate: armDetail }),
  }),
  invalidCase,
]);

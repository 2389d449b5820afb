import * as z from "zod";
import { limitsSchema } from "../../sandbox/limits.ts";
import { CupelError } from "../errors.ts";
import type { CaseAddress } from "../evaluate/case_detail.ts";
import { ARMS } from "../evaluate/case_result.ts";
import { MOST_REPETITIONS, type RunSpec } from "../evaluate/run_spec.ts";
import { REPORT_SCHEMA_VERSION } from "./report.ts";
import { packedSourceSchema, unpackArtifact } from "./sources.ts";

/** What of a report it takes to run its cases again. */
export interface ReplayableReport {
  run: RunSpec;
  /** Cases that were run, from 0 on. */
  done: number;
  /** Where shrinking came to, by case. */
  shrunk: CaseAddress[];
}

/** Most characters of an artifact's name, which is that of a file. */
const MOST_NAME = 255;

/** Most violations: far more than a report of `cupel evaluate` lists. */
const MOST_VIOLATIONS = 1000;

const version = z.looseObject({ schemaVersion: z.int() });
const index = z.int().min(0);
const reference = z.looseObject({
  name: z.string().max(MOST_NAME),
  sha256: z.string().length(64),
});
const unsigned32 = z.int().min(0).max(4_294_967_295);

/** Other keys are of no use here, and are left alone. */
const report = z.looseObject({
  run: z.looseObject({
    n: z.int().min(1),
    seed: unsigned32,
    repetitions: z.int().min(1).max(MOST_REPETITIONS),
    limits: limitsSchema,
    artifacts: z.looseObject({ task: reference, baseline: reference, candidate: reference }),
  }),
  cases: z.looseObject({ done: index }),
  violations: z.array(z.looseObject({
    arm: z.enum(ARMS),
    shrunk: z.looseObject({ index, path: z.array(index).max(10_000) }).nullable(),
  })).max(MOST_VIOLATIONS),
  sources: z.looseObject({
    task: packedSourceSchema,
    baseline: packedSourceSchema,
    candidate: packedSourceSchema,
  }),
});

/**
 * Reads a report that `cupel evaluate` wrote.
 *
 * @param file What messages call it.
 * @throws {CupelError} `bad-input` where it is no report, one of another schema version, damaged, or holds
 * other code than its hashes name.
 */
export function readReport(text: string, file: string): ReplayableReport {
  const json = parseJson(text, file);
  const { schemaVersion } = parse(version, json, file);
  if (schemaVersion !== REPORT_SCHEMA_VERSION) throw wrongVersion(schemaVersion, file);
  const { run, cases, violations, sources } = parse(report, json, file);
  const { n, seed, repetitions, limits, artifacts } = run;
  const artifact = (role: "task" | "baseline" | "candidate") =>
    unpackArtifact(role, artifacts[role], sources[role]);
  return {
    run: {
      task: artifact("task"),
      baseline: artifact("baseline"),
      candidate: artifact("candidate"),
      n,
      seed,
      limits,
      repetitions,
    },
    done: cases.done,
    shrunk: violations.flatMap(({ shrunk }) => shrunk === null ? [] : [shrunk]),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CupelError("bad-input", `Cannot use ${file} as it must be a report in JSON: ${why}`);
  }
}

function parse<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new CupelError(
    "bad-input",
    `Cannot use ${file} as it must be a report of cupel evaluate: ` +
      `${field === "" ? "" : `${field}: `}${issue?.message}`,
  );
}

function wrongVersion(version: number, file: string): CupelError {
  const what = version > REPORT_SCHEMA_VERSION
    ? "a newer Cupel wrote it, so use that one"
    : "an older Cupel wrote it, so evaluate again";
  return new CupelError(
    "bad-input",
    `Cannot use ${file} as its schemaVersion must be ${REPORT_SCHEMA_VERSION}: current value is ` +
      `${version}; ${what}`,
  );
}

import { cut } from "../../sandbox/cut.ts";
import type * as z from "zod";
import { CupelError } from "../errors.ts";
import { suggestion } from "./nearest.ts";
import { DEFAULT_POLICY } from "./policy.ts";

/** Keys of the tables inside of a policy. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  difference: ["kind", "margin"],
  metrics: ["kind", "margin", "maxGap"],
  otherMetrics: ["kind", "margin", "maxGap"],
  cost: ["fuel", "memory"],
  relations: ["method", "alpha"],
  monitors: ["rejectAt"],
  hardViolations: ["cases", "rate"],
  unstable: ["cases", "rate"],
  sequential: ["method", "looks"],
};

/**
 * The error for a policy that does not fit its schema, in one sentence on its first fault.
 *
 * @param origin Where the policy comes from: a file's name or a flag.
 * @param input What was parsed, to show the value at fault.
 * @param extraKeys Keys that are accepted at the top besides those of a policy.
 */
export function policyError(
  origin: string,
  error: z.ZodError,
  input: unknown,
  extraKeys: readonly string[] = [],
): CupelError {
  const issue = deepest(error.issues[0]);
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const top = [...extraKeys, ...Object.keys(DEFAULT_POLICY)];
    const known = path[0] === undefined ? top : KEYS[path[0]] ?? [];
    const field = [...path, key].join(".");
    return new CupelError(
      "bad-input",
      `Cannot use ${origin}: ${field} is no key of a policy; ${suggestion(key, known)}`,
    );
  }
  const field = path.length === 0 ? "the policy" : path.join(".");
  return new CupelError(
    "bad-input",
    `Cannot use ${origin}: ${field} as it must be ${accepted(issue)}: ` +
      `current value is ${shown(valueAt(input, path))}`,
  );
}

type Issue = z.core.$ZodIssue;

/** Of an alternative that fits by its keys, the fault in it; otherwise the alternative as a whole. */
function deepest(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== "invalid_union") return issue;
  const fitting = issue.errors.find((issues) =>
    issues.every(({ code, path }) => code !== "unrecognized_keys" && path.length > 0)
  );
  const inner = fitting?.[0];
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function accepted(issue: Issue | undefined): string {
  switch (issue?.code) {
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_type":
      return TYPES[issue.expected] ?? `of type ${issue.expected}`;
    case "invalid_union":
      return "discriminator" in issue
        ? `one of "always-valid", "obrien-fleming", "pocock"`
        : "a table with either cases (a whole number) or rate (0 to 1)";
    default:
      return `as its schema says (${issue?.message})`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  object: "a table",
  record: "a table",
};

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value) ?? String(value);
  return cut(text, MOST_SHOWN);
}

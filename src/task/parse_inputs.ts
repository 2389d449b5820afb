import { Arbitrary } from "./arbitraries.ts";
import { isRecord, problem } from "./fields.ts";

/** What generates lists of arguments: one arbitrary for each argument, or one for the whole list. */
export type ParsedGenerator = { each: Arbitrary<unknown>[] } | { list: Arbitrary<unknown> };

/** Where a task's cases come from: first the fixed ones, then those that are generated, if any. */
export interface ParsedInputs {
  fixed: unknown[][];
  generator: ParsedGenerator | undefined;
}

const GENERATED =
  "a fast-check arbitrary, a list of them (one for each argument), args(arbitrary) or cases(list)";

/** Checks a task's `inputs`. */
export function parseInputs(inputs: unknown): ParsedInputs {
  if (!isRecord(inputs) || !("fixed" in inputs)) {
    return { fixed: [], generator: parseGenerator(inputs, "`inputs`") };
  }
  const { rest } = inputs;
  return {
    fixed: parseFixed(inputs.fixed),
    generator: rest === undefined
      ? undefined
      : parseGenerator(rest, "what follows the fixed cases"),
  };
}

function parseFixed(fixed: unknown): unknown[][] {
  const accepted = "at least one case, each a list of arguments, such as cases([[[3, 1, 2]]])";
  if (!Array.isArray(fixed) || fixed.length === 0) throw problem("cases(…)", accepted, fixed);
  return fixed.map((input, at) => {
    if (Array.isArray(input)) return input;
    throw problem(`case ${at} of cases(…)`, "a list of arguments", input);
  });
}

function parseGenerator(inputs: unknown, label: string): ParsedGenerator {
  if (inputs instanceof Arbitrary) return { each: [inputs] };
  if (Array.isArray(inputs) && inputs.length > 0) {
    const each = inputs.filter((input) => input instanceof Arbitrary);
    if (each.length === inputs.length) return { each };
  }
  if (isRecord(inputs) && inputs.argumentList instanceof Arbitrary) {
    return { list: inputs.argumentList };
  }
  throw problem(label, GENERATED, inputs);
}

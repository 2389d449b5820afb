import { encode } from "../../sandbox/values/encode.ts";
import type { Exhibit } from "../mutate/mutant_outcome.ts";
import type { CheckTaskReport, MutantReport } from "../mutate/report.ts";
import { printableJson } from "./printable_json.ts";

/**
 * A report on a judge as JSON text, indented, with a line feed at the end, safe to print on a terminal.
 * What JSON lacks in values is written with the value codec's tags: `{"$":"number","v":"NaN"}`.
 */
export function checkTaskJson(report: CheckTaskReport): string {
  const plain = { ...report, mutants: report.mutants.map(plainMutant) };
  return printableJson(plain);
}

function plainMutant({ difference, ...mutant }: MutantReport): object {
  if (difference === undefined) return mutant;
  const { input, baseline, mutant: mutated, ...rest } = difference;
  return {
    ...mutant,
    difference: {
      ...rest,
      input: plainExhibit(input),
      baseline: plainExhibit(baseline),
      mutant: plainExhibit(mutated),
    },
  };
}

function plainExhibit(exhibit: Exhibit): object {
  const { value, ...rest } = exhibit;
  // A value that was too large to keep has only its size.
  return "value" in exhibit ? { ...rest, value: JSON.parse(encode(value)) } : rest;
}

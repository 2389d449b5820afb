import type { Outcome } from "../../sandbox/outcome.ts";
import { encode } from "../../sandbox/values/codec.ts";
import { printableJson } from "./printable_json.ts";

/**
 * An outcome as JSON text with a line feed at the end, safe to print on a terminal. What JSON lacks is
 * written with the value codec's tags: `{"$":"number","v":"NaN"}`.
 */
export function outcomeJson(outcome: Outcome): string {
  const { fuel, memoryBytes, wallMs } = outcome.usage;
  const shape = {
    ok: outcome.ok,
    ...(outcome.ok
      ? { value: JSON.parse(encode(outcome.value)) }
      : { failure: failureOf(outcome) }),
    usage: { fuel, memoryBytes, wallMs },
    output: outcome.output.map(({ level, text }) => ({ level, text })),
  };
  return printableJson(shape);
}

function failureOf({ failure }: Outcome & { ok: false }): Record<string, string> {
  const { kind, message, stack } = failure;
  return { kind, message, ...(stack === undefined ? {} : { stack }) };
}

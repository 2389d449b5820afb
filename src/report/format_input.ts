import type { Value } from "../../sandbox/values/value.ts";
import { escapeLine } from "./escape.ts";
import { formatValue } from "./format_value.ts";

/**
 * A case's input as the call that it stands for: `solve([3, 1, 2], 2)`. Anything but a list of
 * arguments is shown as the value it is.
 *
 * @param entry The function that an arm exports.
 * @param maxLength About how many characters to write.
 */
export function formatInput(entry: string, input: Value, maxLength: number): string {
  const text = formatValue(input, { maxLength });
  return Array.isArray(input) ? `${escapeLine(entry)}(${text.slice(1, -1)})` : text;
}

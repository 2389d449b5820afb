import { escapeJson } from "./escape.ts";

/** Plain data as JSON text, indented, with a line feed at the end, safe to print on a terminal. */
export function printableJson(data: object): string {
  return `${escapeJson(JSON.stringify(data, null, 2))}\n`;
}

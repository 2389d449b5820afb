import { printableJson } from "./printable_json.ts";
import type { Report } from "./report.ts";

/** A report as JSON text, indented, with a line feed at the end, safe to print on a terminal. */
export function reportJson(report: Report): string {
  return printableJson(report);
}

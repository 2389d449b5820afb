import { sliceText, textIncludes } from "../../values/primordials.ts";
import { inspect } from "./inspect.ts";
import { indexOfText } from "./primordials.ts";

/**
 * The text of a console call: the directives of a first text (`%s %d %i %f %j %o %O %c %%`) take
 * arguments, and what is left follows with spaces between (WHATWG Console Standard, 2.2.1).
 */
export function formatLine(args: readonly unknown[]): string {
  const first = args.length > 0 ? args[0] : undefined;
  let used = 0;
  let text = "";
  if (args.length > 1 && typeof first === "string" && textIncludes(first, "%")) {
    const formatted = fill(first, args);
    text = formatted.text;
    used = formatted.used;
  }
  for (; used < args.length; used++) text += (used === 0 ? "" : " ") + plain(args[used]);
  return text;
}

function fill(format: string, args: readonly unknown[]): { text: string; used: number } {
  let text = "";
  let used = 1;
  let start = 0;
  for (;;) {
    const percent = indexOfText(format, "%", start);
    if (percent < 0 || percent === format.length - 1) break;
    text += sliceText(format, start, percent);
    const directive = sliceText(format, percent, percent + 2);
    start = percent + 2;
    if (directive === "%%") text += "%";
    else if (used < args.length && isDirective(directive)) text += show(directive, args[used++]);
    else text += directive;
  }
  return { text: text + sliceText(format, start), used };
}

function isDirective(text: string): boolean {
  return indexOfText("%s%d%i%f%j%o%O%c", text) >= 0;
}

function show(directive: string, value: unknown): string {
  if (directive === "%c") return "";
  if (directive === "%s") return plain(value);
  if (directive === "%d" || directive === "%f" || directive === "%i") {
    return number(directive, value);
  }
  return inspect(value);
}

function number(directive: string, value: unknown): string {
  if (typeof value === "bigint") return inspect(value);
  if (typeof value !== "number") return "NaN";
  return inspect(directive === "%i" ? value - value % 1 : value);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

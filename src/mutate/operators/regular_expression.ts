import { type Operator, replace } from "./operator.ts";

/** Flags that can go and leave a valid expression. */
const FLAGS = "gimsy";

const SHORTHANDS = "dDsSwWbBpP";

/** Faults of regular expressions, after Stryker's (weapon-regex). */
export const regularExpression: Operator = {
  name: "regular-expression",
  does: "a regular expression with a flag, an anchor or a quantifier less, or a class negated",
  changes({ node }) {
    if (node.type !== "Literal" || node.regex === undefined) return [];
    const { pattern, flags } = node.regex;
    const patterns = mutatePattern(pattern).map((text) => `/${text}/${flags}`);
    const flagged = [...flags].filter((flag) => FLAGS.includes(flag))
      .map((flag) => `/${pattern}/${flags.replace(flag, "")}`);
    return [...patterns, ...flagged].map((text) => replace(node, text));
  },
};

/** A piece of a pattern: an escape, a character, or the ends of a class. */
interface Piece {
  text: string;
  start: number;
  inClass: boolean;
}

function mutatePattern(pattern: string): string[] {
  const pieces = piecesOf(pattern);
  const found: string[] = [];
  for (const [at, { text, start, inClass }] of pieces.entries()) {
    const put = (other: string) =>
      found.push(pattern.slice(0, start) + other + pattern.slice(start + text.length));
    if (isShorthand(text, inClass)) put(negated(text));
    if (inClass) continue;
    // An expression must not become empty: `//` begins a comment.
    if ((text === "^" || text === "$") && pattern.length > 1) put("");
    if (text === "[^") put("[");
    if (text === "[") put("[^");
    if (at > 0 && isQuantifier(text, pieces[at - 1]?.text)) {
      put("");
      if (text === "+") put("*");
      if (text === "*") put("+");
    }
  }
  return found;
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let inClass = false;
  const token =
    /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|k<[^>]*>|[^])|\[\^?|\{\d+(?:,\d*)?\}|\(\?(?:<?[=!]|:)?|[^]/gy;
  for (const { 0: matched, index } of pattern.matchAll(token)) {
    // Inside of a class a bracket that opens is a character like any other.
    const text = inClass && matched.length > 1 && !matched.startsWith("\\")
      ? matched.slice(0, 1)
      : matched;
    if (text !== matched) {
      pieces.push(...[...matched].map((one, at) => ({ text: one, start: index + at, inClass })));
      continue;
    }
    if (!inClass && text.startsWith("[")) {
      pieces.push({ text, start: index, inClass: false });
      inClass = true;
    } else {
      if (inClass && text === "]") inClass = false;
      pieces.push({ text, start: index, inClass });
    }
  }
  return pieces;
}

function isShorthand(text: string, inClass: boolean): boolean {
  const letter = text[1] ?? "";
  if (!text.startsWith("\\") || !SHORTHANDS.includes(letter)) return false;
  // In a class `\b` is a backspace, and there is no `\B`.
  return !(inClass && letter.toLowerCase() === "b");
}

function negated(text: string): string {
  const letter = text[1] ?? "";
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return `\\${other}${text.slice(2)}`;
}

/** A quantifier; a `?` after one makes it lazy, and its removal makes it greedy. */
function isQuantifier(text: string, before: string | undefined): boolean {
  if (before === undefined || ["(", "|", "^"].includes(before) || before.startsWith("(?")) {
    return false;
  }
  return text === "+" || text === "*" || text === "?" || /^\{\d/.test(text);
}

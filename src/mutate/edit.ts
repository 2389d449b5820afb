import type { Span } from "./syntax.ts";

/** A change of a text: what is between two offsets becomes another text. */
export interface Edit extends Span {
  text: string;
}

/** The text with the edit made. */
export function applyEdit(code: string, { start, end, text }: Edit): string {
  return code.slice(0, start) + text + code.slice(end);
}

/** Pairs of characters that would become one token: `return` and `x`, `-` and `-`, `/` and a regex. */
const MERGING = /^(?:[\p{ID_Continue}$\\][\p{ID_Continue}$\\]|\+\+|--|\/\/|\/\*)$/u;

/** The edit with spaces where its text would run together with the token before or after it. */
export function keepApart(code: string, { start, end, text }: Edit): Edit {
  if (text === "") {
    const joins = MERGING.test((code[start - 1] ?? "") + (code[end] ?? ""));
    return { start, end, text: joins ? " " : "" };
  }
  const before = MERGING.test((code[start - 1] ?? "") + (text[0] ?? "")) ? " " : "";
  const after = MERGING.test((text.at(-1) ?? "") + (code[end] ?? "")) ? " " : "";
  return { start, end, text: before + text + after };
}

/**
 * The shortest edit that gives the same text, the rightmost where there are several: two edits of a code
 * give the same text exactly where their shortest ones are the same.
 */
export function shortestEdit(code: string, { start, end, text }: Edit): Edit {
  const growth = text.length - (end - start);
  const edited = (at: number) => {
    if (at < start) return code[at];
    return at < start + text.length ? text[at - start] : code[at - growth];
  };
  const length = Math.min(code.length, code.length + growth);
  let first = start;
  while (first < length && code[first] === edited(first)) first++;
  // Above this the texts are the same without a look: it is what comes after the edit.
  let last = Math.max(end, first, first - growth);
  while (last > first && last + growth > first && code[last - 1] === edited(last - 1 + growth)) {
    last--;
  }
  let kept = "";
  for (let at = first; at < last + growth; at++) kept += edited(at) ?? "";
  return { start: first, end: last, text: kept };
}

import type { Edit } from "./edit.ts";
import type { Span } from "./syntax.ts";

/** A piece of code before and after an edit, short enough for a line. */
export interface Excerpt {
  original: string;
  replacement: string;
}

/** Characters that are shown on either side of what an edit changes. */
const AROUND = 24;

/** Most characters that are shown of what an edit changes. */
const MOST_CHANGED = 60;

/** What an edit changes, with some of the code around it that it belongs to. */
export function excerptOf(code: string, edit: Edit, within: Span): Excerpt {
  const { start, end, text } = edit;
  const from = Math.max(within.start, start - AROUND);
  const to = Math.min(within.end, end + AROUND);
  const before = (from > within.start ? "…" : "") + code.slice(from, start);
  const after = code.slice(end, to) + (to < within.end ? "…" : "");
  return {
    original: before + middle(code.slice(start, end)) + after,
    replacement: before + middle(text) + after,
  };
}

function middle(text: string): string {
  if (text.length <= MOST_CHANGED) return text;
  const half = MOST_CHANGED / 2;
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

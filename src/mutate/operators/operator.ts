import type { Site, Span } from "../syntax.ts";
import type { Edit } from "../edit.ts";

/** What an operator does in one place. */
export interface Change extends Edit {
  /** What is shown of the code; what is replaced, if left out. */
  within?: Span;
}

/** A way to put a small fault into a program: a mutation operator. */
export interface Operator {
  /** Its name on the command line and in reports. */
  name: string;
  /** What it does, in a few words. */
  does: string;
  /** The changes that it makes at a node, none where it does not apply. */
  changes(site: Site): Change[];
}

/** The change that puts a text in the place of a node, or of any stretch of code. */
export function replace({ start, end }: Span, text: string, within?: Span): Change {
  return { start, end, text, ...(within === undefined ? {} : { within }) };
}

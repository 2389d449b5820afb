import { escapeLine } from "./escape.ts";

/** Most characters of a text from a guest or a task in a line. */
const MOST_CHARACTERS = 200;

/** Text that came from a guest or a task: on one line, not too long, safe for a terminal. */
export function shown(text: string, most: number = MOST_CHARACTERS): string {
  return cut(escapeLine(text), most);
}

/** A text without what is beyond a length. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

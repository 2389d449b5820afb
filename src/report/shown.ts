import { cut } from "../../sandbox/cut.ts";
import { escapeLine } from "./escape.ts";

/** Most characters of a text from a guest or a task in a line. */
const MOST_CHARACTERS = 200;

/** Text that came from a guest or a task: on one line, not too long, safe for a terminal. */
export function shown(text: string, most: number = MOST_CHARACTERS): string {
  return cut(escapeLine(text), most);
}

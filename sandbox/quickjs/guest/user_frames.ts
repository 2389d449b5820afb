import { sliceText } from "../../values/primordials.ts";
import { indexOfText } from "./primordials.ts";
import { PRELUDE_NAME } from "./protocol.ts";

/** How quickjs-ng marks frames of its own functions. */
const NATIVE = "(native)";

/** A stack trace without the frames of the prelude and of the native functions that it calls through. */
export function userFrames(stack: string): string {
  let kept = "";
  let held = "";
  let start = 0;
  while (start < stack.length) {
    const newline = indexOfText(stack, "\n", start);
    const end = newline < 0 ? stack.length : newline;
    const line = sliceText(stack, start, end);
    start = end + 1;
    if (indexOfText(line, PRELUDE_NAME) >= 0) {
      // The prelude calls user code through a native function.
      if (indexOfText(held, NATIVE) < 0) kept += held;
      held = "";
    } else {
      kept += held;
      held = line === "" ? "" : (kept && "\n") + line;
    }
  }
  return kept + held;
}

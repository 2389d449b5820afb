import { CodecError } from "../../values/codec_error.ts";
import { sliceText } from "../../values/primordials.ts";
import { inspect } from "./inspect.ts";
import { indexOfText } from "./primordials.ts";
import { failedAnswer, type GuestFailureKind, PRELUDE_NAME } from "./protocol.ts";

/** Most characters of a failure's message and of its stack trace. */
const MAX_MESSAGE = 2000;
const MAX_STACK = 4000;

/** What quickjs-ng says when its own check of the stack strikes, or when it can allocate no more. */
const STACK_MESSAGE = "Maximum call stack size exceeded";
/** How quickjs-ng marks frames of its own functions. */
const NATIVE = "(native)";

const MEMORY_MESSAGE = "out of memory";

/** The answer for whatever user code threw: an error, any other value, or something hostile. */
export function describeException(thrown: unknown): string {
  if (CodecError.is(thrown)) return failedAnswer("bad-output", cut(thrown.message, MAX_MESSAGE));
  if (typeof thrown !== "object" || thrown === null) {
    return failedAnswer("exception", "threw " + cut(inspect(thrown), MAX_MESSAGE));
  }
  const name = readText(thrown, "name");
  const message = readText(thrown, "message");
  const stack = readText(thrown, "stack") ?? "";
  if (message === undefined) {
    return failedAnswer("exception", "threw " + cut(inspect(thrown), MAX_MESSAGE), trace(stack));
  }
  const title = name === undefined || name === "" ? "Error" : cut(name, 100);
  const text = message === "" ? title : title + ": " + message;
  return failedAnswer(kindOf(title, message), cut(text, MAX_MESSAGE), trace(stack));
}

function kindOf(name: string, message: string): GuestFailureKind {
  if (name === "RangeError" && message === STACK_MESSAGE) return "stack";
  if (name === "InternalError" && message === MEMORY_MESSAGE) return "memory";
  return "exception";
}

/** A property that is a text; getters and proxies may throw as they like. */
function readText(object: object, key: string): string | undefined {
  try {
    const value: unknown = (object as { [key: string]: unknown })[key];
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A stack trace without the frames of the prelude, which are last. */
function trace(stack: string): string {
  let kept = "";
  let held = "";
  let start = 0;
  const text = cut(stack, MAX_STACK);
  while (start < text.length) {
    const newline = indexOfText(text, "\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = sliceText(text, start, end);
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

function cut(text: string, most: number): string {
  return text.length <= most ? text : sliceText(text, 0, most) + "…";
}

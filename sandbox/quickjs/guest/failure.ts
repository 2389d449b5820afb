import { CodecError } from "../../values/codec_error.ts";
import { sliceText } from "../../values/primordials.ts";
import { inspect } from "./inspect.ts";
import { indexOfText } from "./primordials.ts";
import { failedAnswer, type GuestFailureKind } from "./protocol.ts";
import { userFrames } from "./user_frames.ts";

/** Most characters of a failure's message and of its stack trace. */
const MAX_MESSAGE = 2000;
const MAX_STACK = 4000;

/** What quickjs-ng says when its own check of the stack strikes, or when it can allocate no more. */
const STACK_MESSAGE = "Maximum call stack size exceeded";

const MEMORY_MESSAGE = "out of memory";

/** The answer for whatever user code threw: an error, any other value, or something hostile. */
export function describeException(thrown: unknown): string {
  if (CodecError.is(thrown)) return failedAnswer("bad-output", cut(thrown.message, MAX_MESSAGE));
  if (typeof thrown !== "object" || thrown === null) {
    return failedAnswer("exception", threw(thrown));
  }
  const name = readText(thrown, "name");
  const message = readText(thrown, "message");
  const stack = readText(thrown, "stack") ?? "";
  if (message === undefined) {
    return failedAnswer("exception", threw(thrown), userFrames(cut(stack, MAX_STACK)));
  }
  const title = name === undefined || name === "" ? "Error" : cut(name, 100);
  const text = message === "" ? title : title + ": " + message;
  return failedAnswer(
    kindOf(title, message),
    cut(text, MAX_MESSAGE),
    userFrames(cut(stack, MAX_STACK)),
  );
}

/** What was thrown, on one line: an error whose message cannot be had is shown with its stack. */
function threw(thrown: unknown): string {
  const text = inspect(thrown);
  const newline = indexOfText(text, "\n");
  return "threw " + cut(newline < 0 ? text : sliceText(text, 0, newline), MAX_MESSAGE);
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

function cut(text: string, most: number): string {
  return text.length <= most ? text : sliceText(text, 0, most) + "…";
}

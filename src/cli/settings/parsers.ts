import { type Limits, limitsSchema } from "../../../sandbox/limits.ts";
import { bytes, duration } from "../../report/numbers.ts";
import { parseDuration } from "../input/duration.ts";
import { refuse } from "../input/refuse.ts";
import { parseSize } from "../input/size.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import type { Source } from "./setting.ts";

/**
 * What was given, as text: a number or truth value of a file as one would type it.
 *
 * @throws {CupelError} `bad-input` for a table or list.
 */
export function textOf({ origin, given }: Source): string {
  if (typeof given === "object") throw refuse(origin, "text or a number", JSON.stringify(given));
  return String(given);
}

/** A parser of whole numbers in a range. */
export function wholeNumber(min: number, max: number): (source: Source) => number {
  return (source) => parseWholeNumber(source.origin, textOf(source), min, max);
}

/** Sizes in bytes, within what a guest's memory may have. */
export function memoryLimit(source: Source): number {
  const text = textOf(source);
  return withinLimit("memoryBytes", parseSize(source.origin, text), source, bytes);
}

/** Durations in milliseconds, within what a deadline may be. */
export function deadlineLimit(source: Source): number {
  const text = textOf(source);
  return withinLimit("deadlineMs", parseDuration(source.origin, text), source, duration);
}

function withinLimit(
  name: keyof Limits,
  value: number,
  source: Source,
  show: (value: number) => string,
): number {
  const parsed = limitsSchema.safeParse({ [name]: value });
  if (parsed.success) return value;
  const issue = parsed.error.issues[0];
  if (issue?.code === "too_small") {
    throw refuse(source.origin, `at least ${show(Number(issue.minimum))}`, textOf(source));
  }
  if (issue?.code === "too_big") {
    throw refuse(source.origin, `at most ${show(Number(issue.maximum))}`, textOf(source));
  }
  throw parsed.error;
}

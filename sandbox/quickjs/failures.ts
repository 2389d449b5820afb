import type { Failure } from "../outcome.ts";
import { FAILED, GUEST_FAILURE_KINDS } from "./guest/protocol.ts";

/** Whether an answer of the prelude tells of a failure (guest/protocol.ts). */
export function isFailed(answer: string): boolean {
  return answer.startsWith(FAILED);
}

/**
 * The failure that an answer of the prelude tells of.
 *
 * The guest may be corrupted, so what it says is checked: anything else is a crash.
 */
export function failureOfAnswer(answer: string): Failure {
  const parts = parseParts(answer.slice(FAILED.length));
  if (parts === undefined) return { kind: "crash", message: "the engine gave a malformed answer" };
  const [kind, message, stack] = parts;
  return stack === "" ? { kind, message } : { kind, message, stack };
}

function parseParts(text: string): [Failure["kind"], string, string] | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [name, message, stack] = parts;
  const kind = GUEST_FAILURE_KINDS.find((known) => known === name);
  if (kind === undefined || typeof message !== "string" || typeof stack !== "string") {
    return undefined;
  }
  return [kind, message, stack];
}

import * as z from "zod";
import { MESSAGE_VERSION } from "./messages.ts";

/** A message that is not what it must be, and why. */
export class MessageError extends Error {
  override readonly name: string = "MessageError";
}

/** A message that a later version of Cupel made. */
export class LaterVersionError extends MessageError {
  override readonly name = "LaterVersionError";
}

const versioned = z.looseObject({ v: z.int().min(1) });

/**
 * Parses a message at the door.
 *
 * @param what What messages call it: "a batch".
 * @throws {MessageError} for what is no such message; {@linkcode LaterVersionError} for one of a later version.
 */
export function parseMessage<T>(schema: z.ZodType<T>, bytes: Uint8Array, what: string): T {
  const json = readJson(bytes, what);
  const { success, data } = versioned.safeParse(json);
  if (success && data.v > MESSAGE_VERSION) {
    throw new LaterVersionError(
      `Cannot read ${what} as its version must be at most ${MESSAGE_VERSION}: current value is ${data.v}`,
    );
  }
  return parseValue(schema, json, what);
}

/**
 * Parses a value that a message holds.
 *
 * @param what What messages call it.
 * @throws {MessageError} for what is none.
 */
export function parseValue<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new MessageError(
    `Cannot read ${what}: ${field === "" ? "" : `${field} `}${issue?.message}`,
  );
}

function readJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new MessageError(`Cannot read ${what} as it must be JSON in UTF-8`, { cause });
  }
}

import { createReadStream } from "node:fs";
import process from "node:process";
import { CodecError, decode } from "../../../sandbox/values/codec.ts";
import type { Value } from "../../../sandbox/values/value.ts";
import { CupelError } from "../../errors.ts";
import { refuse } from "./refuse.ts";

/** Most text that is read as arguments, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The arguments of a call: a JSON array, in which the value codec's tags stand for what JSON lacks;
 * `@path` reads it from a file, `-` from standard input.
 *
 * @throws {CupelError} `bad-input` where it cannot be read, or is no JSON array.
 */
export async function parseCallArguments(text: string): Promise<Value[]> {
  const json = await readArguments(text);
  const value = decodeArguments(json);
  if (Array.isArray(value)) return value;
  throw refuse(
    "--args",
    "a JSON array with one item for each argument, such as '[[3, 1, 2], 2]'",
    json,
  );
}

function decodeArguments(json: string): Value {
  try {
    return decode(json);
  } catch (error) {
    if (!CodecError.is(error)) throw error;
    throw refuse("--args", `a JSON array (${error.path}: ${error.reason})`, json);
  }
}

function readArguments(text: string): Promise<string> {
  if (text === "-") return readAtMost(process.stdin, "standard input");
  if (text.startsWith("@")) return readArgumentsFile(text.slice(1));
  return Promise.resolve(text);
}

async function readArgumentsFile(path: string): Promise<string> {
  try {
    return await readAtMost(createReadStream(path), `the file "${path}"`);
  } catch (error) {
    if (error instanceof CupelError) throw error;
    const why = reasonOf(error);
    throw new CupelError("bad-input", `Cannot read --args from the file "${path}": ${why}`, {
      cause: error,
    });
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "it is not there"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "permission denied"],
]);

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS.get(code) ?? (error instanceof Error ? error.message : String(error));
}

async function readAtMost(
  stream: AsyncIterable<Uint8Array | string>,
  from: string,
): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) {
      throw new CupelError("bad-input", `Cannot read --args from ${from}: over 64 MiB`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

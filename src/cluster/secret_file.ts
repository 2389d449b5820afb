import { readFile } from "node:fs/promises";
import { CupelError } from "../errors.ts";

/**
 * Reads a file that holds a secret, or what a connection is checked by.
 *
 * @param what What messages call it.
 * @returns Nothing where there is no file to read.
 * @throws {CupelError} `bad-input` where it cannot be read.
 */
export async function readSecret(
  what: string,
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CupelError("bad-input", `Cannot read ${what} from ${path}: ${reason}`, { cause });
  }
}

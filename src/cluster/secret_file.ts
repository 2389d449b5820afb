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
    throw new CupelError("bad-input", `Cannot read ${what} from "${path}": ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "it is not there";
  return code === "EISDIR" ? "it is a folder" : error.message;
}

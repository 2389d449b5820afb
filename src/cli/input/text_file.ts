import { readFile, stat } from "node:fs/promises";
import { CupelError } from "../../errors.ts";

/** More than this is no file that a person wrote. */
const MOST_BYTES = 1024 * 1024;

/**
 * The text of a small file.
 *
 * @param origin Who asks for it, for messages.
 * @throws {CupelError} `bad-input` where it cannot be read or is over 1 MiB.
 */
export async function readTextFile(origin: string, path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error("it is not a file");
    if (found.size > MOST_BYTES) throw new Error("it is over 1 MiB");
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const why = code === "ENOENT" ? "it is not there" : messageOf(cause);
    throw new CupelError("bad-input", `Cannot read ${origin} from "${path}": ${why}`, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

import { stat } from "node:fs/promises";
import { ARTIFACT_FILES } from "../../../sandbox/bundle/artifact_file.ts";
import { CupelError } from "../../errors.ts";

/**
 * Checks that a path names a file, before anything is started.
 *
 * @param name The flag or argument, for the message.
 * @param accepted What the file must be, for the message.
 * @throws {CupelError} `bad-input` where there is no such file, or it is a directory.
 */
export async function requireFile(
  name: string,
  path: string,
  accepted: string = ARTIFACT_FILES,
): Promise<void> {
  const kind = await kindOf(path);
  if (kind === "a file") return;
  throw new CupelError(
    "bad-input",
    `Cannot use ${name} as it must be ${accepted}: "${path}" is ${kind}`,
  );
}

const FAULTS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "not readable"],
  ["ELOOP", "a symbolic link that goes round in a circle"],
  ["ENAMETOOLONG", "too long a name"],
]);

async function kindOf(path: string): Promise<string> {
  if (path === "") return "no path";
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "a directory";
    return found.isFile() ? "a file" : "not a regular file";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return FAULTS.get(String(code)) ?? "not there";
  }
}

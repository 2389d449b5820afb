import { randomBytes } from "node:crypto";
import { link, open, rm, stat } from "node:fs/promises";
import { newKeyText, type NodeKey, nodeKeyFrom } from "../../cluster/node_key.ts";
import { CupelError } from "../../errors.ts";
import { refuse } from "./refuse.ts";
import { readTextFile } from "./text_file.ts";

/** Only its owner may read and write it. */
const PRIVATE = 0o600;

/** Rights that a group or everybody may have. */
const OTHERS = 0o077;

/**
 * The key in a file; a new one is put there where the file is missing.
 *
 * @param flag The option that names the file, for messages.
 * @param warn Gets a line where others may read the key.
 * @throws {CupelError} `bad-input` where it holds something else, or cannot be read or made.
 */
export async function openKeyFile(
  flag: string,
  path: string,
  warn: (line: string) => void,
): Promise<NodeKey> {
  if (path === "") throw refuse(flag, "the name of a file", path);
  if (await isMissing(path)) await makeKeyFile(flag, path);
  const text = await readTextFile(flag, path);
  const { mode } = await stat(path);
  if ((mode & OTHERS) !== 0) {
    const rights = (mode & 0o777).toString(8).padStart(4, "0");
    warn(`warning: others than its owner may use the key in "${path}": its mode is ${rights}`);
  }
  try {
    return nodeKeyFrom(text);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CupelError("bad-input", `Cannot use ${flag} as "${path}" ${cause.message}`, {
      cause,
    });
  }
}

async function isMissing(path: string): Promise<boolean> {
  return await stat(path).then(() => false, (error: unknown) => codeOf(error) === "ENOENT");
}

/**
 * Writes the key to a file beside it first: nodes that start at the same time see all of the one key that
 * came first, or none.
 */
async function makeKeyFile(flag: string, path: string): Promise<void> {
  const draft = `${path}.${randomBytes(12).toString("hex")}`;
  try {
    const file = await open(draft, "wx", PRIVATE);
    try {
      await file.writeFile(newKeyText());
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (cause) {
    // Another node was first: its key is as good.
    if (codeOf(cause) === "EEXIST") return;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CupelError("bad-input", `Cannot make the key of ${flag} in "${path}": ${why}`, {
      cause,
    });
  } finally {
    await rm(draft, { force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CupelError } from "../../errors.ts";

/**
 * A file that a command writes once its work is done, but makes sure of before: a path that cannot be
 * written must not be found out after an hour's work.
 *
 * The content goes to a file beside it first, which then takes its name: who reads the file sees all of
 * the old content or all of the new one. That file's name cannot be guessed and the file must be new:
 * where others may write to the folder, a link of theirs is never followed.
 */
export class OutputFile {
  readonly #flag: string;
  readonly #path: string;
  readonly #draft: string;

  private constructor(flag: string, path: string, draft: string) {
    this.#flag = flag;
    this.#path = path;
    this.#draft = draft;
  }

  /**
   * Makes sure that a file can be written, by making the one beside it, and taking it away: what ends
   * the process before its time leaves nothing behind.
   *
   * @param flag The option that names the file, for messages.
   * @throws {CupelError} `bad-input` where it cannot.
   */
  static async prepare(flag: string, path: string): Promise<OutputFile> {
    // Short, whatever the file is called: a name may be of 255 bytes.
    const draft = join(dirname(path), `.cupel-${randomBytes(12).toString("hex")}.part`);
    try {
      await refuseOthers(path);
      await (await open(draft, "wx")).close();
      await rm(draft);
    } catch (cause) {
      throw cannotWrite(flag, path, cause);
    }
    return new OutputFile(flag, path, draft);
  }

  /**
   * Writes the file; what comes in parts is written part by part.
   *
   * @throws {CupelError} `bad-input` where it cannot be written after all, as on a full disk.
   * @throws What the parts throw; the file is as it was then.
   */
  async write(content: string | Uint8Array | AsyncIterable<string>): Promise<void> {
    let made = false;
    try {
      const file = await open(this.#draft, "wx");
      made = true;
      try {
        await writeParts(file, content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(this.#draft, this.#path);
    } catch (cause) {
      // What was there before is not ours to take away.
      if (made) await rm(this.#draft, { force: true });
      if (cause instanceof PartsError) throw cause.cause;
      throw cannotWrite(this.#flag, this.#path, cause);
    }
  }
}

/** What went wrong where the parts come from, which is no fault of the file's. */
class PartsError extends Error {}

async function writeParts(
  file: FileHandle,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    return await file.writeFile(content);
  }
  for await (const part of marked(content)) await file.appendFile(part);
}

async function* marked(parts: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* parts;
  } catch (cause) {
    throw new PartsError("the parts ended early", { cause });
  }
}

async function refuseOthers(path: string): Promise<void> {
  if (path === "") throw new Error("it has no name");
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found !== undefined && !found.isFile()) throw new Error("it is not a file");
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "its folder is not there"],
  ["ENOTDIR", "its folder is not a folder"],
  ["EACCES", "its folder may not be written to"],
  ["EROFS", "its file system is read-only"],
  ["ENOSPC", "the disk is full"],
]);

function cannotWrite(flag: string, path: string, cause: unknown): CupelError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const why = REASONS.get(codeOf(cause)) ?? message;
  return new CupelError("bad-input", `Cannot write ${flag} to "${path}": ${why}`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

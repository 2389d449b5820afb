import { readFile, realpath, stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Loader } from "esbuild";
import { SandboxError } from "../errors.ts";

/** Most bytes of one source file. */
export const MAX_SOURCE_BYTES = 8 * 1024 * 1024;

const LOADERS: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
};

/** Extensions of files that are TypeScript or JavaScript. */
export const SOURCE_EXTENSIONS: readonly string[] = Object.keys(LOADERS);

/**
 * How esbuild should read a file, by its extension.
 *
 * @throws {SandboxError} `bad-source` for an extension that is neither TypeScript, JavaScript nor
 * (where `json` is true) JSON.
 */
export function loaderOf(shown: string, options: { json: boolean }): Loader {
  const extension = extname(shown).toLowerCase();
  if (options.json && extension === ".json") return "json";
  const loader = Object.hasOwn(LOADERS, extension) ? LOADERS[extension] : undefined;
  if (loader !== undefined) return loader;
  const accepted = SOURCE_EXTENSIONS.join(", ") + (options.json ? ", .json" : "");
  throw new SandboxError(
    "bad-source",
    `Cannot read ${shown} as its extension must be one of ${accepted}: current value is ` +
      `${extension === "" ? "none" : extension}`,
  );
}

/**
 * Reads one regular file of at most {@linkcode MAX_SOURCE_BYTES}.
 *
 * @param path Where it is.
 * @param shown What the user calls it.
 * @throws {SandboxError} `bad-source`, naming the file and what is wrong with it.
 */
export async function readSource(path: string, shown: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, shown, MAX_SOURCE_BYTES));
}

/**
 * Reads one regular file.
 *
 * @param path Where it is.
 * @param shown What the user calls it.
 * @param most Most bytes that it may have.
 * @throws {SandboxError} `bad-source`, naming the file and what is wrong with it.
 */
export async function readBytes(
  path: string,
  shown: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw badFile(shown, "it is a directory, not a file");
    if (!facts.isFile()) throw badFile(shown, "it is not a regular file");
    checkSize(facts.size, shown, most);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw asBadFile(error, shown);
  }
}

/**
 * The path of a file with symbolic links followed.
 *
 * @throws {SandboxError} `bad-source` where there is no such file.
 */
export async function realPath(path: string, shown: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw asBadFile(error, shown);
  }
}

/** @throws {SandboxError} `bad-source` for a file above a size, that of a source where none is given. */
export function checkSize(bytes: number, shown: string, most: number = MAX_SOURCE_BYTES): void {
  if (bytes <= most) return;
  const what = most === MAX_SOURCE_BYTES ? "a source file" : "it";
  throw new SandboxError(
    "bad-source",
    `Cannot read ${shown} as ${what} must be at most ${most} bytes: ` +
      `current value is ${bytes}`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is not a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "its symbolic links go round in a circle",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "its name holds a null character",
};

function asBadFile(error: unknown, shown: string): SandboxError {
  if (error instanceof SandboxError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return badFile(shown, reason ?? String(error), error);
}

function badFile(shown: string, reason: string, cause?: unknown): SandboxError {
  return new SandboxError("bad-source", `Cannot read ${shown}: ${reason}`, { cause });
}

import { cut } from "../cut.ts";
import { parse as parseToml, TomlError } from "smol-toml";
import * as z from "zod";

/** Most files that are granted. */
export const MOST_FILES = 1000;
const MOST_ARGUMENTS = 100;
const MOST_ARGUMENT_CHARACTERS = 10_000;
const MOST_PATH_CHARACTERS = 1000;

/** Most characters of a value in a message. */
const MOST_SHOWN = 60;

const GUEST_PATH = /^(\/[^/\0]+)+$/;

const MODULE = "must be the path of a WebAssembly file, such as words.wasm";
const ARGUMENTS = `must be an array of at most ${MOST_ARGUMENTS} strings`;
const ARGUMENT =
  `must be a string of at most ${MOST_ARGUMENT_CHARACTERS} characters, none of them null`;
const FILES =
  `must be a table of at most ${MOST_FILES} files, such as "/data/words.txt" = "words.txt"`;
const IN_GUEST =
  "must have an absolute path of the guest for its name, without . and .., such as /data/words.txt";
const ON_HOST = "must be the path of a file, such as words.txt";

/** A path of the guest at which a file is granted. */
export const guestPath: z.ZodType<string, string> = z.string().max(MOST_PATH_CHARACTERS, IN_GUEST)
  .refine(
    (path) => GUEST_PATH.test(path) && !path.split("/").some((part) => /^\.\.?$/.test(part)),
    IN_GUEST,
  );

/** Arguments that are granted. */
export const grantedArguments: z.ZodType<string[], string[]> = z.array(
  z.string(ARGUMENT).max(MOST_ARGUMENT_CHARACTERS, ARGUMENT).regex(/^[^\0]*$/, ARGUMENT),
  ARGUMENTS,
).max(MOST_ARGUMENTS, ARGUMENTS);

const hostPath = (must: string) => z.string(must).min(1, must).regex(/^[^\0]*$/, must);

const manifest = z.strictObject({
  module: hostPath(MODULE),
  args: grantedArguments.default([]),
  files: z.record(guestPath, hostPath(ON_HOST), FILES)
    .refine((files) => Object.keys(files).length <= MOST_FILES, FILES)
    .default({}),
});

/** What a manifest says, with its defaults. */
export type ManifestFields = z.infer<typeof manifest>;

/**
 * Reads the text of a manifest.
 *
 * @returns Its fields, or what is wrong with one of them.
 */
export function parseManifest(text: string): ManifestFields | { refused: string } {
  let toml: unknown;
  try {
    toml = parseToml(text);
  } catch (error) {
    return { refused: syntaxComplaint(error) };
  }
  const parsed = manifest.safeParse(toml);
  if (!parsed.success) return { refused: complaint(parsed.error.issues[0], toml) };
  // A record of zod's drops this one name without a word.
  if (Object.hasOwn(Object(Reflect.get(Object(toml), "files")), "__proto__")) {
    return { refused: `${fieldText(["files", "__proto__"])} ${IN_GUEST}` };
  }
  const inTheWay = fileInFile(Object.keys(parsed.data.files));
  return inTheWay === undefined ? parsed.data : { refused: inTheWay };
}

/** What is wrong with the text of a manifest, and where. */
function syntaxComplaint(error: unknown): string {
  const [why = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
  if (!(error instanceof TomlError)) return why;
  const advice = why.endsWith("invalid value") ? "; a text stands in quotes" : "";
  return `line ${error.line}, column ${error.column}: ${why}${advice}`;
}

function complaint(issue: z.core.$ZodIssue | undefined, toml: unknown): string {
  if (issue?.code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => short(JSON.stringify(key))).join(", ");
    return `it has the unknown field ${keys}: it may have module, args and files`;
  }
  const path = issue?.path ?? [];
  if (issue?.code === "invalid_key") return `${fieldText(path)} ${IN_GUEST}`;
  return `${fieldText(path)} ${issue?.message ?? "is wrong"}: ${current(toml, path)}`;
}

/** A field as TOML has it: `files."/data/words.txt"`, `args[1]`. */
function fieldText([field = "", inner]: readonly PropertyKey[]): string {
  if (inner === undefined) return String(field);
  const name = typeof inner === "number" ? `[${inner}]` : `.${JSON.stringify(String(inner))}`;
  return `${String(field)}${short(name)}`;
}

function current(toml: unknown, path: readonly PropertyKey[]): string {
  let value = toml;
  for (const key of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (value === undefined) return "it is missing";
  if (Array.isArray(value)) return `current value is an array of length ${value.length}`;
  if (typeof value === "object" && value !== null) return "current value is a table";
  return `current value is ${
    short(typeof value === "string" ? JSON.stringify(value) : `${value}`)
  }`;
}

function short(text: string): string {
  return cut(text, MOST_SHOWN);
}

/** Says which of some granted files would have to be a directory as well; nothing where none would. */
export function fileInFile(paths: readonly string[]): string | undefined {
  const all = new Set(paths);
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const above = path.slice(0, end);
      if (all.has(above)) {
        return `${fieldText(["files", path])} cannot be a file in ${
          short(above)
        }, which is a file itself`;
      }
    }
  }
  return undefined;
}

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { BuildFailure, BuildOptions, OutputFile } from "esbuild";
import type { JavaScriptArtifact } from "../artifact.ts";
import { SandboxError } from "../errors.ts";
import { describe, REFUSED_WARNINGS, refusedWarnings } from "./messages.ts";
import { build } from "./service.ts";
import { checkSize, loaderOf, readSource, realPath } from "./source_file.ts";
import { ENTRY, SOURCE_NAMESPACE, sourcePlugin, type SourceSet } from "./source_plugin.ts";

/** Most bytes of bundled code. */
export const MAX_ARTIFACT_BYTES = 16 * 1024 * 1024;

/** What to bundle: a file, or code that is not in one. */
export type BundleInput =
  | { entry: string }
  | {
    /** TypeScript or JavaScript. */
    stdin: string;
    /** The folder that its imports are relative to. */
    resolveDir: string;
    /** What messages and stack traces call it, with an extension: `solve.ts`. */
    name: string;
    /** What messages of the bundling call it, where the user knows it by another name. */
    shownAs?: string;
  };

/** What user code may import by a name besides its own files and packages. */
export interface BundleOptions {
  /** Specifiers that always mean the given file: `cupel/task`. */
  aliases?: Readonly<Record<string, string>>;
  /**
   * Packages that come with us, for users who have none of that name: `fast-check`, and the folder
   * from which it is found. Our own files then import the user's copy too, where there is one.
   */
  fallbacks?: Readonly<Record<string, string>>;
}

/**
 * Makes user code self-contained: one ES module for the isolate, named by its SHA-256.
 *
 * Nothing of the user's is executed. The code depends on the content of the files and on their places
 * relative to each other only, so the same files give the same artifact anywhere.
 *
 * @throws {SandboxError} `bad-source`: a file that cannot be read, a syntax error, an import that
 * cannot be found or is not supported. The message names file, line and column.
 */
export async function bundle(
  input: BundleInput,
  options: BundleOptions = {},
): Promise<JavaScriptArtifact> {
  const sources = await sourceSet(input, options);
  const [map, code] = await runBuild(sources);
  if (code.contents.byteLength > MAX_ARTIFACT_BYTES) {
    throw new SandboxError(
      "bad-source",
      `Cannot bundle ${sources.show(sources.entry)} as the code with all that it imports must be ` +
        `at most ${MAX_ARTIFACT_BYTES} bytes: current value is ${code.contents.byteLength}`,
    );
  }
  return {
    kind: "javascript",
    code: code.text,
    sha256: createHash("sha256").update(code.contents).digest("hex"),
    name: sources.entry,
    sourceMap: withPlainSources(map.text),
  };
}

async function sourceSet(input: BundleInput, options: BundleOptions): Promise<SourceSet> {
  const ours = {
    aliases: await realPaths(options.aliases),
    fallbacks: await realPaths(options.fallbacks),
  };
  if ("stdin" in input) {
    loaderOf(input.name, { json: false });
    checkSize(Buffer.byteLength(input.stdin), input.name);
    const root = await realPath(resolve(input.resolveDir), input.resolveDir);
    const { name, shownAs = name, stdin: code } = input;
    const entry = basename(name);
    return { ...ours, root, entry, code, show: (path) => path === entry ? shownAs : path };
  }
  const given = input.entry;
  const file = await realPath(resolve(given), given);
  const code = await readSource(file, given);
  loaderOf(file, { json: false });
  const folder = dirname(given);
  const entry = basename(file);
  // The entry may be a symbolic link: it is shown as the user gave it all the same.
  const show = (path: string) => path === entry ? given : join(folder, path);
  return { ...ours, root: dirname(file), entry, code, show };
}

/** Packages may lie behind symbolic links, and find what they import only from where they really are. */
async function realPaths(
  files: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const entries = Object.entries(files).map(
    async ([name, path]) => [name, await realPath(resolve(path), path)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Runs esbuild and gives source map and code. */
async function runBuild(sources: SourceSet): Promise<[OutputFile, OutputFile]> {
  try {
    const { outputFiles, warnings } = await build(buildOptions(sources));
    const refused = refusedWarnings(warnings);
    if (refused.length > 0) throw badSource(sources, describe(refused, sources.show));
    const [map, code] = outputFiles;
    if (map === undefined || code === undefined) throw new Error("esbuild gave no output");
    return [map, code];
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw badSource(sources, describe(error.errors, sources.show), error);
  }
}

function buildOptions(sources: SourceSet): BuildOptions & { write: false } {
  return {
    entryPoints: [ENTRY],
    plugins: [sourcePlugin(sources)],
    absWorkingDir: sources.root,
    outfile: join(sources.root, "artifact.js"),
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    // No isolate has Node's modules: what a package offers to browsers needs the least of its host.
    conditions: ["module", "browser"],
    // What QuickJS-ng 0.12 understands.
    target: "es2023",
    define: { "process.env.NODE_ENV": '"production"' },
    // QuickJS counts columns in bytes and source maps in UTF-16 units: the same for ASCII.
    charset: "ascii",
    // Names stay, so that stack traces and function names do.
    minifyWhitespace: true,
    legalComments: "none",
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
    logOverride: Object.fromEntries(Object.keys(REFUSED_WARNINGS).map((id) => [id, "warning"])),
  };
}

/** Takes the namespace off the paths in a source map: `source:lib/heap.ts` is `lib/heap.ts`. */
function withPlainSources(sourceMap: string): string {
  const map: { sources: string[] } = JSON.parse(sourceMap);
  const prefix = `${SOURCE_NAMESPACE}:`;
  map.sources = map.sources.map((source) =>
    (source.startsWith(prefix) ? source.slice(prefix.length) : source).split(sep).join("/")
  );
  return JSON.stringify(map);
}

function badSource(sources: SourceSet, reason: string, cause?: unknown): SandboxError {
  const name = sources.show(sources.entry);
  return new SandboxError("bad-source", `Cannot bundle ${name}: ${reason}`, { cause });
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors) &&
    "warnings" in error;
}

import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { SandboxError } from "../errors.ts";
import { loaderOf, readSource } from "./source_file.ts";
import { refusal, unresolvedRefusal } from "./specifier.ts";

/** The namespace of the user's own files, in which paths are relative to the entry's folder. */
export const SOURCE_NAMESPACE = "source";

/** The specifier that stands for the entry. */
export const ENTRY = "cupel:entry";

/** What the plugin has to know of one bundling. */
export interface SourceSet {
  /** Absolute path of the entry's folder, symbolic links followed. */
  root: string;
  /** The entry's path relative to `root`. */
  entry: string;
  /** The entry's code. */
  code: string;
  /** Specifiers that always mean a file of ours: absolute paths. */
  aliases: Readonly<Record<string, string>>;
  /** Packages that are looked for in a folder of ours where the user has no copy: absolute paths. */
  fallbacks: Readonly<Record<string, string>>;
  /** A file of the set as the user would write it. */
  show(path: string): string;
}

/**
 * Resolves and loads the user's own files under paths relative to the entry's folder.
 *
 * esbuild derives names in the code from paths, so absolute ones would make the artifact depend on
 * where the files lie. Packages in `node_modules` and files of ours are left to esbuild.
 */
export function sourcePlugin(sources: SourceSet): Plugin {
  return {
    name: "cupel-sources",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${ENTRY}$`) }, () => ({
        path: sources.entry,
        namespace: SOURCE_NAMESPACE,
      }));
      const named = [...Object.keys(sources.aliases), ...Object.keys(sources.fallbacks)];
      if (named.length > 0) {
        const filter = new RegExp(`^(?:${named.map(escapePattern).join("|")})$`);
        build.onResolve({ filter }, (args) => resolveOurs(build, sources, args));
      }
      build.onResolve(
        { filter: /.*/, namespace: SOURCE_NAMESPACE },
        (args) => resolveImport(build, sources, args),
      );
      build.onLoad(
        { filter: /.*/, namespace: SOURCE_NAMESPACE },
        (args) => loadSource(sources, args.path),
      );
    },
  };
}

/** Marks a resolution that the plugin itself asked for, so that it does not answer it. */
const OWN_QUESTION = Symbol("own question");

async function resolveOurs(
  build: PluginBuild,
  sources: SourceSet,
  args: OnResolveArgs,
): Promise<OnResolveResult | undefined> {
  if (args.pluginData === OWN_QUESTION) return undefined;
  const refused = refusal(args.path, args.kind);
  if (refused !== undefined) return { errors: [{ text: refused }] };
  const alias = Object.hasOwn(sources.aliases, args.path) ? sources.aliases[args.path] : undefined;
  if (alias !== undefined) return { path: alias };
  // Asked from the user's folder wherever the importer is: the bundle has one copy, not two.
  for (const resolveDir of [sources.root, sources.fallbacks[args.path]]) {
    if (resolveDir === undefined) continue;
    const found = await build.resolve(args.path, {
      kind: args.kind,
      resolveDir,
      pluginData: OWN_QUESTION,
    });
    if (found.errors.length === 0) return { path: found.path, sideEffects: found.sideEffects };
  }
  return { errors: [{ text: unresolvedRefusal(args.path) }] };
}

async function resolveImport(
  build: PluginBuild,
  sources: SourceSet,
  args: OnResolveArgs,
): Promise<OnResolveResult | undefined> {
  const refused = refusal(args.path, args.kind);
  if (refused !== undefined) return { errors: [{ text: refused }] };
  const found = await build.resolve(args.path, {
    kind: args.kind,
    resolveDir: args.resolveDir,
    pluginData: OWN_QUESTION,
  });
  if (found.errors.length > 0) return { errors: [{ text: unresolvedRefusal(args.path) }] };
  const inPackage = found.path.split(sep).includes("node_modules");
  if (found.namespace !== "file" || inPackage) return undefined;
  return {
    path: relativePath(sources.root, found.path),
    namespace: SOURCE_NAMESPACE,
    sideEffects: found.sideEffects,
  };
}

async function loadSource(sources: SourceSet, path: string): Promise<OnLoadResult> {
  const file = isAbsolute(path) ? path : join(sources.root, path);
  const shown = sources.show(path);
  try {
    const isEntry = path === sources.entry;
    const loader = loaderOf(shown, { json: !isEntry });
    const contents = isEntry ? sources.code : await readSource(file, shown);
    return { contents, loader, resolveDir: dirname(file) };
  } catch (error) {
    if (error instanceof SandboxError) return { errors: [{ text: error.message }] };
    throw error;
  }
}

/** `to` as seen from `from`, with `/` between the parts on every system. */
function relativePath(from: string, to: string): string {
  return relative(from, to).split(sep).join("/");
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

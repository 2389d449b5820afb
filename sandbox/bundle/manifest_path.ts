import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { realPath } from "./source_file.ts";

/** Where a file that a manifest names is, and what the user calls it. */
export interface ManifestPath {
  /** With symbolic links followed. */
  path: string;
  shown: string;
}

/** What is wrong with a path of a manifest. */
export const OUTSIDE = "must be a path inside of the manifest's folder, and relative to it";

/**
 * Finds a file that a manifest names. It must lie in the manifest's folder or below: a manifest that comes
 * with a stranger's guest must not hand files of the host to it.
 *
 * @param manifest The manifest, as it can be read and as the user calls it.
 * @param file The path in the manifest.
 * @returns Why it cannot be used, where that is so.
 * @throws {SandboxError} `bad-source` where there is no such file.
 */
export async function pathInManifest(
  manifest: ManifestPath,
  file: string,
): Promise<ManifestPath | { refused: string }> {
  const name = JSON.stringify(file);
  if (isAbsolute(file)) return { refused: `${OUTSIDE}: current value is ${name}` };
  const folder = dirname(manifest.path);
  if (leaves(relative(folder, join(folder, file)))) {
    return { refused: `${OUTSIDE}: ${name} leads out of it` };
  }
  const shown = join(dirname(manifest.shown), file);
  const path = await realPath(join(folder, file), shown);
  if (leaves(relative(await realPath(folder, dirname(shown)), path))) {
    return { refused: `${OUTSIDE}: a symbolic link leads ${name} out of it` };
  }
  return { path, shown };
}

function leaves(path: string): boolean {
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
}

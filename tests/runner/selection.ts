import { readdirSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/** Folders whose tests run on every runtime, not on Deno only. */
const PORTABLE_ROOTS = ["tests/wasm/", "tests/sandbox/"];

/** Test files as paths from the project's root, with forward slashes. */
export interface Selection {
  all: string[];
  /** Those that run on Bun and Node too. */
  portable: string[];
}

/**
 * Chooses the test files whose path contains one of the filters; all of them without filters.
 *
 * @param root The project's folder.
 * @param filters Parts of paths, from the root or absolute.
 */
export function selectTests(root: string, filters: string[]): Selection {
  const wanted = filters.map((filter) => fromRoot(root, filter));
  const all = testFiles(root).filter((path) =>
    wanted.length === 0 || wanted.some((part) => path.includes(part))
  );
  const portable = all.filter((path) => PORTABLE_ROOTS.some((start) => path.startsWith(start)));
  return { all, portable };
}

function testFiles(root: string): string[] {
  return readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("_test.ts"))
    .map((path) => `tests/${path.split(sep).join("/")}`)
    .sort();
}

function fromRoot(root: string, filter: string): string {
  const path = isAbsolute(filter) ? relative(root, filter) : filter;
  return path.split(sep).join("/").replace(/^\.\//, "");
}

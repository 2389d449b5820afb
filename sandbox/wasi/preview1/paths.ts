import type { WasiContext } from "./context.ts";
import { fail } from "./errno.ts";
import type { Directory, FileNode } from "./file_tree.ts";
import { FUEL_PER_PATH_BYTE } from "./prices.ts";

/** Most bytes of a path. */
export const MOST_PATH_BYTES = 4096;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads a path: `ENAMETOOLONG`, `EILSEQ` for what is not UTF-8, `EINVAL` for one with a zero byte. */
export function readPath({ memory, host }: WasiContext, address: number, length: number): string {
  if (length > MOST_PATH_BYTES) fail("nametoolong");
  const bytes = memory.bytes(address, length);
  host.spend(length * FUEL_PER_PATH_BYTE);
  if (bytes.includes(0)) fail("inval");
  try {
    return decoder.decode(bytes);
  } catch {
    return fail("ilseq");
  }
}

/**
 * Finds what a path leads to from a directory. It can leave the directory by no means: an absolute path, and
 * one that goes above where it started, give `EPERM`.
 */
export function resolve(start: Directory, path: string): FileNode {
  if (path === "") fail("noent");
  if (path.startsWith("/")) fail("perm");
  const above: Directory[] = [];
  let node: FileNode = start;
  for (const part of path.split("/")) {
    if (node.kind !== "directory") return fail("notdir");
    if (part === "" || part === ".") continue;
    if (part === "..") {
      node = above.pop() ?? fail("perm");
    } else {
      above.push(node);
      node = node.entries.get(part) ?? fail("noent");
    }
  }
  return node;
}

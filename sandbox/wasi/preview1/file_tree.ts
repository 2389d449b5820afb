/** A file: its bytes are never written. */
export interface RegularFile {
  readonly kind: "file";
  readonly inode: bigint;
  readonly bytes: Uint8Array;
}

/** A directory. */
export interface Directory {
  readonly kind: "directory";
  readonly inode: bigint;
  readonly entries: ReadonlyMap<string, FileNode>;
  /** The entries in order, with their names in UTF-8. */
  readonly list: readonly DirectoryEntry[];
}

/** Something that a path can lead to. There are no links. */
export type FileNode = RegularFile | Directory;

/** What is in a directory. */
export interface DirectoryEntry {
  readonly name: Uint8Array;
  readonly node: FileNode;
}

interface Branch extends Map<string, Branch | Uint8Array> {}

const encoder = new TextEncoder();

/**
 * Builds the tree of files that a guest can read. It depends on the paths and not on their order.
 *
 * @param files contents by absolute paths without `.`, `..` and empty parts: `/data/words.txt`.
 * @throws TypeError for other paths, and for files in files.
 */
export function buildFileTree(files: ReadonlyMap<string, Uint8Array>): Directory {
  const root: Branch = new Map();
  for (const [path, bytes] of files) {
    const [start, ...parts] = path.split("/");
    const name = parts.pop();
    if (start !== "" || !isName(name) || !parts.every(isName)) {
      throw new TypeError(`Cannot use ${path} as a file's path as it must be absolute and plain`);
    }
    const branch = branchAt(root, parts, path);
    if (branch.has(name)) throw fileInFile(path);
    branch.set(name, bytes);
  }
  let inodes = 0n;
  const grow = (branch: Branch): Directory => {
    const inode = ++inodes;
    const names = [...branch.keys()].sort();
    const entries = new Map(names.map((name): [string, FileNode] => {
      const item = branch.get(name) ?? new Uint8Array();
      if (item instanceof Map) return [name, grow(item)];
      return [name, { kind: "file", inode: ++inodes, bytes: item }];
    }));
    const list = [...entries].map(([name, node]) => ({ name: encoder.encode(name), node }));
    return { kind: "directory", inode, entries, list };
  };
  return grow(root);
}

function isName(part: string | undefined): part is string {
  return part !== undefined && part !== "" && part !== "." && part !== ".." &&
    !part.includes("\0");
}

function branchAt(root: Branch, parts: readonly string[], path: string): Branch {
  let branch = root;
  for (const part of parts) {
    const next = branch.get(part) ?? new Map();
    if (!(next instanceof Map)) throw fileInFile(path);
    branch.set(part, next);
    branch = next;
  }
  return branch;
}

function fileInFile(path: string): TypeError {
  return new TypeError(`Cannot use ${path} as a file's path as another file is in its way`);
}

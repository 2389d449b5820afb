import type { WasiContext } from "./context.ts";
import { demand, type Descriptor, directoryOf } from "./descriptors.ts";
import { ERRNO, fail, WasiError } from "./errno.ts";
import { writeFileStatus } from "./file_status.ts";
import type { Directory, FileNode } from "./file_tree.ts";
import { readPath, resolve } from "./paths.ts";
import { FUEL_PER_OPEN } from "./prices.ts";
import { ALL_RIGHTS, DIRECTORY_RIGHTS, FILE_RIGHTS, knownRights, RIGHT } from "./rights.ts";
import type { WasiFunctions } from "./signatures.ts";

/** How a file is to be opened, as bits. */
const OPEN = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
const KNOWN_OPEN_FLAGS = 0b1111;
const KNOWN_FLAGS = 0b11111;

/** Finding and opening files. There are no links, so following them makes no difference. */
export function pathFunctions(context: WasiContext): WasiFunctions {
  const { descriptors, memory, host } = context;
  const find = (number: number, right: number, address: number, length: number) => {
    const descriptor = descriptors.get(number);
    const directory = directoryOf(descriptor);
    demand(descriptor, right);
    return { descriptor, directory, path: readPath(context, address, length) };
  };
  return {
    path_open: (
      number: number,
      _lookup: number,
      address: number,
      length: number,
      how: number,
      base: bigint,
      inherited: bigint,
      flags: number,
      result: number,
    ) => {
      const { descriptor, directory, path } = find(number, RIGHT.open, address, length);
      if ((how & ~KNOWN_OPEN_FLAGS) !== 0 || (flags & ~KNOWN_FLAGS) !== 0) fail("inval");
      memory.check(result, 4);
      host.spend(FUEL_PER_OPEN);
      const wanted = { rights: knownRights(base), inheriting: knownRights(inherited) };
      if ((wanted.rights & ~descriptor.inheriting) !== 0) fail("notcapable");
      if ((wanted.inheriting & ~descriptor.inheriting) !== 0) fail("notcapable");
      const target = findToOpen(directory, path, how);
      checkOpening(target, how, wanted.rights);
      memory.writeU32(result, descriptors.open(opened(target, wanted, flags)));
    },
    path_filestat_get: (
      number: number,
      _lookup: number,
      address: number,
      length: number,
      result: number,
    ) => {
      const { directory, path } = find(number, RIGHT.pathStat, address, length);
      writeFileStatus(context, result, resolve(directory, path));
    },
    path_readlink: (
      number: number,
      address: number,
      length: number,
      _buffer: number,
      _size: number,
      used: number,
    ) => {
      const { directory, path } = find(number, RIGHT.readlink, address, length);
      memory.check(used, 4);
      resolve(directory, path);
      fail("inval"); // it is there, and no link
    },
  };
}

function findToOpen(directory: Directory, path: string, how: number): FileNode {
  try {
    return resolve(directory, path);
  } catch (error) {
    const isMissing = error instanceof WasiError && error.errno === ERRNO.noent;
    if (isMissing && (how & OPEN.create) !== 0 && path !== "") return fail("rofs");
    throw error;
  }
}

function checkOpening(target: FileNode, how: number, rights: number): void {
  if ((how & OPEN.create) !== 0 && (how & OPEN.exclusive) !== 0) fail("exist");
  if ((how & OPEN.directory) !== 0 && target.kind !== "directory") fail("notdir");
  const writes = (how & OPEN.truncate) !== 0 || (rights & RIGHT.write) !== 0;
  if (writes) fail(target.kind === "directory" ? "isdir" : "rofs");
}

function opened(
  target: FileNode,
  wanted: { rights: number; inheriting: number },
  flags: number,
): Descriptor {
  const isDirectory = target.kind === "directory";
  const possible = isDirectory ? DIRECTORY_RIGHTS : FILE_RIGHTS;
  return {
    target,
    offset: 0n,
    flags,
    rights: wanted.rights & possible,
    inheriting: wanted.inheriting & (isDirectory ? ALL_RIGHTS : 0),
  };
}

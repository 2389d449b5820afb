import { EPOCH_NS } from "./clock_functions.ts";
import type { WasiContext } from "./context.ts";
import type { Stream } from "./descriptors.ts";
import type { FileNode } from "./file_tree.ts";
import { FUEL_PER_STATUS } from "./prices.ts";

const FILESTAT_BYTES = 64;

/** Numbers of the file types that there are. */
const FILE_TYPE = { unknown: 0, directory: 3, regular: 4 } as const;

/** The number of a file type. Standard streams are of none: a program would take a device for a terminal. */
export function fileTypeOf({ kind }: Stream | FileNode): number {
  if (kind === "file") return FILE_TYPE.regular;
  return kind === "directory" ? FILE_TYPE.directory : FILE_TYPE.unknown;
}

/** Writes what is to be said of a file: no device, one link, its size, and the epoch for all times. */
export function writeFileStatus(
  { memory, host }: WasiContext,
  address: number,
  target: Stream | FileNode,
): void {
  host.spend(FUEL_PER_STATUS);
  const record = memory.record(address, FILESTAT_BYTES);
  if ("inode" in target) record.setBigUint64(8, target.inode, true);
  record.setUint8(16, fileTypeOf(target));
  record.setBigUint64(24, 1n, true);
  if (target.kind === "file") record.setBigUint64(32, BigInt(target.bytes.length), true);
  for (const at of [40, 48, 56]) record.setBigUint64(at, EPOCH_NS, true);
}

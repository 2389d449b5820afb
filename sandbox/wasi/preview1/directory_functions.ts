import { fuelToCopy } from "../../world/prices.ts";
import type { WasiContext } from "./context.ts";
import { demand, directoryOf } from "./descriptors.ts";
import type { Directory, DirectoryEntry } from "./file_tree.ts";
import { fileTypeOf } from "./file_status.ts";
import { FUEL_PER_ENTRY } from "./prices.ts";
import { RIGHT } from "./rights.ts";
import type { WasiFunctions } from "./signatures.ts";

const HEADER_BYTES = 24;

const encoder = new TextEncoder();
const SELF = encoder.encode(".");
const PARENT = encoder.encode("..");

/**
 * Reading directories. A cookie is the index of the entry that comes next; behind the last one there is
 * nothing. What does not fit into the buffer is cut, as the specification has it.
 */
export function directoryFunctions({ descriptors, memory, host }: WasiContext): WasiFunctions {
  return {
    fd_readdir: (number: number, address: number, length: number, cookie: bigint, used: number) => {
      const descriptor = descriptors.get(number);
      const directory = directoryOf(descriptor);
      demand(descriptor, RIGHT.readdir);
      memory.check(address, length);
      memory.check(used, 4);
      let at = 0;
      for (let index = cookie; at < length; index++) {
        const entry = entryAt(directory, index);
        if (entry === undefined) break;
        const bytes = describe(entry, index + 1n).subarray(0, length - at);
        host.spend(FUEL_PER_ENTRY + fuelToCopy(bytes.length));
        memory.write(address + at, bytes);
        at += bytes.length;
      }
      memory.writeU32(used, at);
    },
  };
}

/** An entry by its index: first the directory itself, and what it would call the one above. */
function entryAt(directory: Directory, index: bigint): DirectoryEntry | undefined {
  if (index === 0n) return { name: SELF, node: directory };
  if (index === 1n) return { name: PARENT, node: directory };
  return index < directory.list.length + 2 ? directory.list[Number(index) - 2] : undefined;
}

function describe({ name, node }: DirectoryEntry, next: bigint): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + name.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, next, true);
  view.setBigUint64(8, node.inode, true);
  view.setUint32(16, name.length, true);
  view.setUint8(20, fileTypeOf(node));
  bytes.set(name, HEADER_BYTES);
  return bytes;
}

import type { WasiContext } from "./context.ts";
import { fail } from "./errno.ts";
import { ALL_RIGHTS, knownRights } from "./rights.ts";
import { fileTypeOf } from "./file_status.ts";
import type { WasiFunctions } from "./signatures.ts";

const FDSTAT_BYTES = 24;
const PRESTAT_BYTES = 8;

/** All flags that a descriptor can have: append, dsync, nonblock, rsync, sync. */
const KNOWN_FLAGS = 0b11111;

/** The last kind of advice about how a file will be read. */
const LAST_ADVICE = 5;

const encoder = new TextEncoder();

/** What is about descriptors themselves. */
export function descriptorFunctions({ descriptors, memory }: WasiContext): WasiFunctions {
  return {
    fd_close: (number: number) => descriptors.close(number),
    fd_renumber: (from: number, to: number) => {
      const descriptor = descriptors.get(from);
      descriptors.set(to, descriptor);
      if (from !== to) descriptors.close(from);
    },
    fd_fdstat_get: (number: number, result: number) => {
      const { target, flags, rights, inheriting } = descriptors.get(number);
      const record = memory.record(result, FDSTAT_BYTES);
      record.setUint8(0, fileTypeOf(target));
      record.setUint16(2, flags, true);
      record.setUint32(8, rights, true);
      record.setUint32(16, inheriting, true);
    },
    fd_fdstat_set_flags: (number: number, flags: number) => {
      const descriptor = descriptors.get(number);
      if ((flags & ~KNOWN_FLAGS) !== 0) fail("inval");
      descriptors.set(number, { ...descriptor, flags });
    },
    fd_fdstat_set_rights: (number: number, base: bigint, inherited: bigint) => {
      const descriptor = descriptors.get(number);
      if (base > ALL_RIGHTS || inherited > ALL_RIGHTS) fail("notcapable");
      const [rights, inheriting] = [knownRights(base), knownRights(inherited)];
      const isMore = rights & ~descriptor.rights || inheriting & ~descriptor.inheriting;
      if (isMore) fail("notcapable");
      descriptors.set(number, { ...descriptor, rights, inheriting });
    },
    fd_prestat_get: (number: number, result: number) => {
      const { preopened } = descriptors.get(number);
      if (preopened === undefined) fail("badf");
      const record = memory.record(result, PRESTAT_BYTES);
      record.setUint32(4, encoder.encode(preopened).length, true);
    },
    fd_prestat_dir_name: (number: number, address: number, length: number) => {
      const { preopened } = descriptors.get(number);
      if (preopened === undefined) fail("badf");
      const name = encoder.encode(preopened);
      if (length < name.length) fail("nametoolong");
      memory.write(address, name);
    },
    fd_advise: (number: number, _offset: bigint, _length: bigint, advice: number) => {
      const { target: { kind } } = descriptors.get(number);
      if (kind === "directory") fail("badf");
      if (kind !== "file") fail("spipe");
      if (advice > LAST_ADVICE) fail("inval");
    },
    fd_sync: (number: number) => void descriptors.get(number),
    fd_datasync: (number: number) => void descriptors.get(number),
  };
}

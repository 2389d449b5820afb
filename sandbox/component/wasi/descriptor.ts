import type { FunctionType, ValueType } from "../types.ts";
import {
  advice,
  descriptorFlags,
  descriptorStat,
  descriptorType,
  errorCode,
  filesize,
  metadataHashValue,
  newTimestamp,
  openFlags,
  pathFlags,
} from "./filesystem_types.ts";
import { DESCRIPTOR, DIRECTORY_ENTRY_STREAM, INPUT_STREAM, OUTPUT_STREAM } from "./resources.ts";
import { bool, borrow, list, method, own, result, string, tuple, u8 } from "./signatures.ts";

const times = {
  "data-access-timestamp": newTimestamp,
  "data-modification-timestamp": newTimestamp,
};

const flaggedPath = { "path-flags": pathFlags, "path": string };

/** The types of all methods of `wasi:filesystem/types`' `descriptor`, by their names. */
export const DESCRIPTOR_METHODS: Readonly<Record<string, FunctionType>> = {
  "read-via-stream": fallible({ offset: filesize }, own(INPUT_STREAM)),
  "write-via-stream": fallible({ offset: filesize }, own(OUTPUT_STREAM)),
  "append-via-stream": fallible({}, own(OUTPUT_STREAM)),
  "advise": fallible({ offset: filesize, length: filesize, advice }),
  "sync-data": fallible({}),
  "get-flags": fallible({}, descriptorFlags),
  "get-type": fallible({}, descriptorType),
  "set-size": fallible({ size: filesize }),
  "set-times": fallible(times),
  "read": fallible({ length: filesize, offset: filesize }, tuple(list(u8), bool)),
  "write": fallible({ buffer: list(u8), offset: filesize }, filesize),
  "read-directory": fallible({}, own(DIRECTORY_ENTRY_STREAM)),
  "sync": fallible({}),
  "create-directory-at": fallible({ path: string }),
  "stat": fallible({}, descriptorStat),
  "stat-at": fallible(flaggedPath, descriptorStat),
  "set-times-at": fallible({ ...flaggedPath, ...times }),
  "link-at": fallible({
    "old-path-flags": pathFlags,
    "old-path": string,
    "new-descriptor": borrow(DESCRIPTOR),
    "new-path": string,
  }),
  "open-at": fallible(
    { ...flaggedPath, "open-flags": openFlags, "flags": descriptorFlags },
    own(DESCRIPTOR),
  ),
  "readlink-at": fallible({ path: string }, string),
  "remove-directory-at": fallible({ path: string }),
  "rename-at": fallible({
    "old-path": string,
    "new-descriptor": borrow(DESCRIPTOR),
    "new-path": string,
  }),
  "symlink-at": fallible({ "old-path": string, "new-path": string }),
  "unlink-file-at": fallible({ path: string }),
  "is-same-object": method(DESCRIPTOR, { other: borrow(DESCRIPTOR) }, bool),
  "metadata-hash": fallible({}, metadataHashValue),
  "metadata-hash-at": fallible(flaggedPath, metadataHashValue),
};

function fallible(params: Record<string, ValueType>, ok: ValueType | null = null): FunctionType {
  return method(DESCRIPTOR, params, result(ok, errorCode));
}

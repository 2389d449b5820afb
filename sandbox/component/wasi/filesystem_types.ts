import type { ValueType } from "../types.ts";
import { datetime } from "./datetime.ts";
import { enumeration, flags, option, record, string, u64, variant } from "./signatures.ts";

/** `wasi:filesystem/types`' `filesize`. */
export const filesize: ValueType = u64;

/** `wasi:filesystem/types`' `descriptor-type`. */
export const descriptorType: ValueType = enumeration(`
  unknown block-device character-device directory fifo symbolic-link regular-file socket
`);

/** `wasi:filesystem/types`' `descriptor-flags`. */
export const descriptorFlags: ValueType = flags(`
  read write file-integrity-sync data-integrity-sync requested-write-sync mutate-directory
`);

/** `wasi:filesystem/types`' `descriptor-stat`. */
export const descriptorStat: ValueType = record({
  "type": descriptorType,
  "link-count": u64,
  "size": filesize,
  "data-access-timestamp": option(datetime),
  "data-modification-timestamp": option(datetime),
  "status-change-timestamp": option(datetime),
});

/** `wasi:filesystem/types`' `path-flags`. */
export const pathFlags: ValueType = flags("symlink-follow");

/** `wasi:filesystem/types`' `open-flags`. */
export const openFlags: ValueType = flags("create directory exclusive truncate");

/** `wasi:filesystem/types`' `new-timestamp`. */
export const newTimestamp: ValueType = variant({
  "no-change": null,
  "now": null,
  "timestamp": datetime,
});

/** `wasi:filesystem/types`' `directory-entry`. */
export const directoryEntry: ValueType = record({ type: descriptorType, name: string });

/** `wasi:filesystem/types`' `error-code`. */
export const errorCode: ValueType = enumeration(`
  access would-block already bad-descriptor busy deadlock quota exist file-too-large
  illegal-byte-sequence in-progress interrupted invalid io is-directory loop too-many-links
  message-size name-too-long no-device no-entry no-lock insufficient-memory insufficient-space
  not-directory not-empty not-recoverable unsupported no-tty no-such-device overflow not-permitted
  pipe read-only invalid-seek text-file-busy cross-device
`);

/** `wasi:filesystem/types`' `advice`. */
export const advice: ValueType = enumeration(
  "normal sequential random will-need dont-need no-reuse",
);

/** `wasi:filesystem/types`' `metadata-hash-value`. */
export const metadataHashValue: ValueType = record({ lower: u64, upper: u64 });

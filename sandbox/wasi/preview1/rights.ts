/** Rights of a descriptor that matter where nothing can be written, as bits. */
export const RIGHT = {
  read: 1 << 1,
  seek: 1 << 2,
  tell: 1 << 5,
  write: 1 << 6,
  open: 1 << 13,
  readdir: 1 << 14,
  readlink: 1 << 15,
  pathStat: 1 << 18,
  stat: 1 << 21,
} as const;

const SET_FLAGS = 1 << 3;
const ADVISE = 1 << 7;
const POLL = 1 << 27;

/** All rights that there are. */
export const ALL_RIGHTS = (2 ** 30) - 1;

/** What a stream that is read can have. */
export const INPUT_RIGHTS = RIGHT.read | SET_FLAGS | RIGHT.stat | POLL;

/** What a stream that is written can have. */
export const OUTPUT_RIGHTS = RIGHT.write | SET_FLAGS | RIGHT.stat | POLL;

/** What a file can have. */
export const FILE_RIGHTS = RIGHT.read | RIGHT.seek | RIGHT.tell | SET_FLAGS | ADVISE |
  RIGHT.stat | POLL;

/** What a directory can have. */
export const DIRECTORY_RIGHTS = RIGHT.open | RIGHT.readdir | RIGHT.readlink | RIGHT.pathStat |
  RIGHT.stat | SET_FLAGS;

/** The rights that there are among 64 bits. */
export function knownRights(bits: bigint): number {
  return Number(bits & BigInt(ALL_RIGHTS));
}

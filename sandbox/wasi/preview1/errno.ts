/** Error numbers of WASI preview 1 (`errno` in its specification): those that are given here. */
export const ERRNO = {
  success: 0,
  badf: 8,
  exist: 20,
  fault: 21,
  ilseq: 25,
  inval: 28,
  isdir: 31,
  nametoolong: 37,
  nfile: 41,
  noent: 44,
  notdir: 54,
  notsup: 58,
  overflow: 61,
  perm: 63,
  rofs: 69,
  spipe: 70,
  notcapable: 76,
} as const;

/** The name of an error number. */
export type ErrnoName = keyof typeof ERRNO;

/** What a function of WASI gives instead of a result. */
export class WasiError extends Error {
  override readonly name = "WasiError";
  readonly errno: number;

  constructor(errno: number) {
    super(`WASI error number ${errno}`);
    this.errno = errno;
  }
}

/** One error for each number: making one anew would cost the host far more than throwing it. */
const ERRORS: ReadonlyMap<string, WasiError> = new Map(
  Object.entries(ERRNO).map(([name, errno]) => [name, new WasiError(errno)]),
);

/** Ends the function that the guest called with an error number. */
export function fail(name: ErrnoName): never {
  throw ERRORS.get(name);
}

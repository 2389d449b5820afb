/**
 * How much work each compiled kernel does in one measurement: one or two milliseconds, less than a slice of
 * time on a busy machine, so that the least of many measurements is one that nothing interrupted. The list of
 * 32 MiB takes longer: it has to be written first.
 */
export const KERNELS = {
  integer_arithmetic: 600_000,
  n_body: 12_000,
  matrix_multiply: 2,
  fib: 27,
  indirect_calls: 100_000,
  sieve: 1 << 18,
  quicksort: 1 << 14,
  hash_map: 250_000,
  string_search: 12,
  bulk_memory: 3000,
  pointer_chasing: 200_000,
  crc32: 120,
  sha256: 3000,
  i64_division: 200_000,
  interpreter: 30_000,
  simd: 1500,
  pointer_chasing_large: 200_000,
} as const satisfies Record<string, number>;

/** Name of a kernel. */
export type KernelName = keyof typeof KERNELS;

/** Their names. */
export const KERNEL_NAMES = Object.keys(KERNELS) as KernelName[];

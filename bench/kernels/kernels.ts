/** How much work each compiled kernel does in one measurement: some ten milliseconds. */
export const KERNELS = {
  integer_arithmetic: 5_000_000,
  n_body: 50_000,
  matrix_multiply: 10,
  fib: 30,
  indirect_calls: 1_000_000,
  sieve: 1 << 20,
  quicksort: 1 << 16,
  hash_map: 1_000_000,
  string_search: 100,
  bulk_memory: 100_000,
  pointer_chasing: 2_000_000,
  crc32: 1000,
  sha256: 30_000,
  i64_division: 2_000_000,
  interpreter: 200_000,
} as const satisfies Record<string, number>;

/** Name of a kernel. */
export type KernelName = keyof typeof KERNELS;

/** Their names. */
export const KERNEL_NAMES = Object.keys(KERNELS) as KernelName[];

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** The twin of fib.c. */
export function run(n: number): number {
  return fib(n);
}

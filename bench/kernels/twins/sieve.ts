const MOST = 1 << 20;

/** The twin of sieve.c. */
export function run(n: number): number {
  const length = Math.min(n, MOST);
  const isComposite = new Uint8Array(MOST);
  let primes = 0;
  for (let number = 2; number < length; number++) {
    if (isComposite[number] === 1) continue;
    primes++;
    for (let multiple = number * number; multiple < length; multiple += number) {
      isComposite[multiple] = 1;
    }
  }
  return primes;
}

import { describe, expect, test } from "vitest";
import { meteredKernel, plainKernel } from "../../bench/kernels/kernel.ts";
import { KERNEL_NAMES } from "../../bench/kernels/kernels.ts";
import { run as crc32 } from "../../bench/kernels/twins/crc32.ts";
import { run as fib } from "../../bench/kernels/twins/fib.ts";
import { run as sieve } from "../../bench/kernels/twins/sieve.ts";

/** Little enough work for a test. */
const SMALL = 20;

describe("the compiled kernels", () => {
  test.each(KERNEL_NAMES)("%s gives the same metered and as it was built", (name) => {
    const [plain, metered] = [plainKernel(name), meteredKernel(name)];
    for (const n of [1, SMALL]) expect(metered(n).value).toBe(plain(n).value);
  });

  test.each(KERNEL_NAMES)("%s takes fuel by its work, the same each time", (name) => {
    const metered = meteredKernel(name);
    const [little, much, again] = [1, SMALL, SMALL].map((n) => metered(n).fuel);
    expect(much).toBeGreaterThan(little ?? Infinity);
    expect(again).toBe(much);
  });

  test.each(
    [["crc32", crc32, 3], ["fib", fib, 15], ["sieve", sieve, 1000]] as const,
  )("%s does what its twin in JavaScript does", (name, twin, n) => {
    expect(twin(n)).toBe(plainKernel(name)(n).value);
  });

  test("fib and sieve are what they say", () => {
    expect(plainKernel("fib")(20).value).toBe(6765);
    expect(plainKernel("sieve")(100).value).toBe(25);
  });
});

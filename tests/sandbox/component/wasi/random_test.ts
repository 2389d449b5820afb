import { describe, expect, test } from "vitest";
import { ComponentTrap } from "../../../../sandbox/component/errors.ts";
import { Ended, Wasi } from "./support.ts";

const SEED = [1, 2, 3, 4] as const;
const SOURCES: [string, string, string][] = [
  ["random/random", "get-random-bytes", "get-random-u64"],
  ["random/insecure", "get-insecure-random-bytes", "get-insecure-random-u64"],
];

describe.each(SOURCES)("%s", (source, getBytes, getNumber) => {
  test("depends on the seed alone", () => {
    const draw = (seed: readonly [number, number, number, number]) =>
      new Wasi({ seed }).call(source, getBytes, 100n);
    expect(draw(SEED)).toHaveLength(100);
    expect(draw(SEED)).toEqual(draw(SEED));
    expect(draw(SEED)).not.toEqual(draw([1, 2, 3, 5]));
  });

  test("is one sequence, as bytes and as numbers", () => {
    const bytes = new Wasi({ seed: SEED }).call(source, getBytes, 16n);
    const wasi = new Wasi({ seed: SEED });
    const numbers = new BigUint64Array(2).map(() => {
      const number = wasi.call(source, getNumber);
      return typeof number === "bigint" ? number : 0n;
    });
    expect(new Uint8Array(numbers.buffer)).toEqual(bytes);
  });

  test("gives 16 MiB at most, paid for before", () => {
    const wasi = new Wasi();
    wasi.budget = 8 * 2 ** 24;
    expect(() => wasi.call(source, getBytes, 2n ** 24n)).toThrow(/^fuel$/);
    expect(() => wasi.call(source, getBytes, 2n ** 24n + 1n)).toThrow(Ended);
    wasi.budget = Infinity;
    expect(() => wasi.call(source, getBytes, 2n ** 24n + 1n)).toThrow(ComponentTrap);
    expect(() => wasi.call(source, getBytes, 2n ** 64n - 1n)).toThrow(/^memory$/);
    expect(wasi.call(source, getBytes, 0n)).toEqual(new Uint8Array());
  });
});

test("insecure and secure numbers come from the same source", () => {
  const mixed = new Wasi({ seed: SEED });
  const one = new Wasi({ seed: SEED });
  expect([
    mixed.call("random/random", "get-random-u64"),
    mixed.call("random/insecure", "get-insecure-random-u64"),
  ]).toEqual([
    one.call("random/random", "get-random-u64"),
    one.call("random/random", "get-random-u64"),
  ]);
});

test("insecure-seed is the same for every seed, and nobody can change it", () => {
  const seedOf = (wasi: Wasi) => wasi.call("random/insecure-seed", "insecure-seed");
  const first = seedOf(new Wasi({ seed: SEED }));
  expect(first).toEqual([0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn]);
  if (Array.isArray(first)) first.fill(0n);
  expect(seedOf(new Wasi())).toEqual([0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn]);
});

import { expect, test } from "vitest";
import { type RandomSeed, SeededRandom } from "../../../sandbox/world/random.ts";

function draw(seed: RandomSeed, ...lengths: number[]): number[] {
  const random = new SeededRandom();
  random.seed(seed);
  return lengths.flatMap((length) => {
    const bytes = new Uint8Array(length);
    random.fill(bytes);
    return [...bytes];
  });
}

/** sfc32 written down a second time, with numbers that have no bounds. */
function* words(seed: RandomSeed): Generator<number> {
  const wrap = (value: bigint) => value & 0xffffffffn;
  let [a, b, c, d] = seed.map((word) => wrap(BigInt(word))) as [bigint, bigint, bigint, bigint];
  for (let round = 0;; round++) {
    const sum = wrap(a + b + d);
    a = b ^ (b >> 9n);
    b = wrap(c + (c << 3n));
    c = wrap(((c << 21n) | (c >> 11n)) + sum);
    d = wrap(d + 1n);
    if (round >= 15) yield Number(sum);
  }
}

test.each<RandomSeed>([[0, 0, 0, 0], [1, 2, 3, 4], [0xffffffff, 0x80000000, -1, 7]])(
  "is sfc32 after fifteen rounds for seed %i, %i, %i, %i",
  (...seed) => {
    const expected = new DataView(new ArrayBuffer(400));
    const source = words(seed);
    for (let at = 0; at < 400; at += 4) expected.setUint32(at, source.next().value ?? 0, true);
    expect(draw(seed, 400)).toEqual([...new Uint8Array(expected.buffer)]);
  },
);

test("never changes", () => {
  expect(draw([0, 0, 0, 0], 8)).toEqual([43, 157, 52, 48, 32, 197, 82, 251]);
  expect(draw([1, 2, 3, 4], 8)).toEqual([9, 7, 183, 47, 113, 3, 224, 53]);
});

test("gives in whole what it gives in parts", () => {
  const whole = draw([5, 6, 7, 8], 100);
  expect(draw([5, 6, 7, 8], ...Array(100).fill(1))).toEqual(whole);
  expect(draw([5, 6, 7, 8], 1, 0, 4, 2, 13, 3, 5, 8, 64)).toEqual(whole);
});

test("numbers are eight bytes of it, the lowest first", () => {
  const random = new SeededRandom();
  random.seed([5, 6, 7, 8]);
  random.fill(new Uint8Array(3));
  const bytes = Uint8Array.from(draw([5, 6, 7, 8], 11).slice(3));
  expect(random.uint64()).toBe(new DataView(bytes.buffer).getBigUint64(0, true));
});

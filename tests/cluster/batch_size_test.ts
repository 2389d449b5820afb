import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BatchSize } from "../../src/cluster/batch_size.ts";

/** Sizes of the batches of a run of n cases that take so many milliseconds each. */
function sizesOf(n: number, slots: number, msPerCase: () => number): number[] {
  const size = new BatchSize();
  const sizes = [];
  for (let start = 0; start < n;) {
    const end = start + size.next(n - start, slots);
    size.note({ start, end }, (end - start) * msPerCase());
    sizes.push(end - start);
    start = end;
  }
  return sizes;
}

describe("the size of batches", () => {
  test("comes to a quarter of a second of work, from small ones on", () => {
    const sizes = sizesOf(10_000, 2, () => 5);
    expect(sizes[0]).toBe(4);
    expect(sizes.slice(10, 20)).toEqual(Array.from({ length: 10 }, () => 50));
  });

  test("is one where a case takes longer than that, and bounded where it takes nothing", () => {
    expect(sizesOf(20, 2, () => 2000).at(2)).toBe(1);
    expect(Math.max(...sizesOf(100_000, 2, () => 0))).toBe(256);
  });

  test("is small at the end, so that no slot comes to it long before another", () => {
    expect(sizesOf(2000, 4, () => 1).slice(-4)).toEqual([1, 1, 1, 1]);
  });

  test("covers every case once, whatever they take", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 64 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1e4, noNaN: true })),
        (n, slots, ms) => {
          const sizes = sizesOf(n, slots, () => ms.next().value ?? 0);
          expect(sizes.every((size) => size >= 1 && size <= 256)).toBe(true);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(n);
        },
      ),
    );
  });
});

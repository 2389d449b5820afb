import { describe, expect, test } from "vitest";
import { Random } from "../../src/task/random.ts";
import { caseSeed, Stream, streamSeed } from "../../src/task/stream.ts";

function random(index = 0): Random {
  return new Random(new Stream(streamSeed(caseSeed(42, index), 0)));
}

describe("the generator of a relation", () => {
  test("draws integers within its bounds, all of them about as often", () => {
    const generator = random();
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const value = generator.int(-1, 1);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([-1, 0, 1]);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test("draws from ranges wider than 32 bits", () => {
    const generator = random();
    const values = Array.from(
      { length: 100 },
      () => generator.int(-2_000_000_000_000, 2_000_000_000_000),
    );
    expect(values.every((value) => Number.isSafeInteger(value))).toBe(true);
    expect(values.some((value) => Math.abs(value) > 2 ** 33)).toBe(true);
    expect(values.every((value) => Math.abs(value) <= 2_000_000_000_000)).toBe(true);
  });

  test.each([[1, 0], [0.5, 2], [0, NaN], [-(2 ** 53), 0], [-(2 ** 52), 2 ** 52]])(
    "refuses %d to %d",
    (min, max) => {
      expect(() => random().int(min, max)).toThrow(RangeError);
    },
  );

  test("gives floats from 0 to 1, without 1", () => {
    const generator = random();
    const values = Array.from({ length: 1000 }, () => generator.float());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(values.reduce((sum, value) => sum + value) / 1000 - 0.5)).toBeLessThan(0.05);
  });

  test("gives both booleans", () => {
    const generator = random();
    expect(new Set(Array.from({ length: 50 }, () => generator.boolean())).size).toBe(2);
  });

  test("shuffles a copy, to every order", () => {
    const generator = random();
    const items = [1, 2, 3];
    const orders = new Set(Array.from({ length: 200 }, () => generator.shuffle(items).join("")));
    expect(orders.size).toBe(6);
    expect(items).toEqual([1, 2, 3]);
  });

  test("picks an element; from nothing it cannot", () => {
    expect(["a", "b"]).toContain(random().pick(["a", "b"]));
    expect(() => random().pick([])).toThrow("must not be empty");
  });
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FunctionName, SIGNATURES } from "../../../sandbox/wasi/preview1/signatures.ts";
import { driverModule } from "./support/driver.ts";
import { coreIsolate } from "./support/guest.ts";

const NAMES = Object.keys(SIGNATURES) as FunctionName[];

/** Numbers at which things go wrong first. */
const NUMBERS = [0, 1, 2, 3, 4, 8, 16, 64, 100, 4095, 4096, 65_000, 65_528, 65_535, 65_536, 70_000];
const i32 = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(-1, -8, 0x7fffffff, -0x80000000) },
  { weight: 1, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
);
const i64 = fc.oneof(
  fc.constantFrom(...NUMBERS.map(BigInt)),
  fc.constantFrom(-1n, 1n << 32n, (1n << 63n) - 1n, -(1n << 63n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);

const call = fc.constantFrom(...NAMES).chain((name) => {
  const [params = ""] = SIGNATURES[name].split(":");
  const args = [...params].map((letter): fc.Arbitrary<number | bigint> =>
    letter === "I" ? i64 : i32
  );
  return fc.tuple(...args).map((values) => ({ name, args: values }));
});

/** Pointers, paths and numbers all over the memory, so that some of the arguments make sense. */
const MODULE = driverModule(`
  (data (i32.const 0) "\\10\\00\\00\\00\\08\\00\\00\\00data/../data/words.txt\\00")
  (data (i32.const 4094) "data\\10\\00\\00\\00\\08\\00\\00\\00")
  (data (i32.const 65000) "data/words.txt")`);
const FILES = { "/data/words.txt": "alpha\nbeta\n", "/data/deep/leaf": "leaf" };

describe("whatever a guest gives to WASI", () => {
  test("ends in a number or a failure, and every write is undone", () => {
    const isolate = coreIsolate(MODULE, { files: FILES, limits: { fuel: 20_000_000 } });
    const [memory] = isolate.memories();
    const image = new Uint8Array(memory?.buffer.slice(0) ?? new ArrayBuffer(0));
    const ends = new Set<string>();
    fc.assert(
      fc.property(call, ({ name, args }) => {
        const outcome = isolate.call(name, args);
        ends.add(outcome.ok ? `${name} ${outcome.value}` : outcome.failure.kind);
        if (outcome.ok) expect(outcome.value).toBeOneOf([...Array(77).keys(), undefined]);
        else expect(outcome.failure.kind).toBeOneOf(["exception", "crash", "fuel"]);
        isolate.reset();
        const after = new Uint8Array(memory?.buffer ?? new ArrayBuffer(0));
        expect(Uint8Array.prototype.every.call(after, (byte, at) => byte === image[at])).toBe(true);
      }),
      { numRuns: 3000, seed: 4 },
    );
    const good = new Set([...ends].filter((end) => end.endsWith(" 0")));
    expect(good.size).toBeGreaterThan(15);
  });

  test("gives the same, and costs the same, in a sequence of calls that keep state", () => {
    const run = (calls: { name: FunctionName; args: (number | bigint)[] }[]) => {
      const isolate = coreIsolate(MODULE, {
        files: FILES,
        limits: { fuel: 20_000_000 },
        stateful: true,
      });
      return calls.map(({ name, args }) => {
        const { usage: { fuel, memoryBytes }, ...rest } = isolate.call(name, args);
        return { fuel, memoryBytes, ...rest };
      });
    };
    fc.assert(
      fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
        expect(run(calls)).toStrictEqual(run(calls));
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});

import { expect, test } from "vitest";
import { loadComponentGuest } from "./support/guest.ts";
import { componentOf, joined, label, moduleOf, named, vectorOf } from "./support/bytes.ts";

const CORE = moduleOf(
  [1, Uint8Array.of(1, 0x60, 0, 0)],
  [3, Uint8Array.of(1, 0)],
  [7, joined([[1], named("f"), [0, 0]])],
  [10, Uint8Array.of(1, 2, 0, 0x0b)],
);

/** One instance of many names for a function, exported many times. */
function crossed(functions: number, interfaces: number, prefix: string): Uint8Array {
  return componentOf(
    [1, CORE],
    [2, Uint8Array.of(1, 0, 0, 0)],
    [6, joined([[1, 0, 0, 1, 0], named("f")])],
    [7, Uint8Array.of(1, 0x40, 0, 1, 0)],
    [8, Uint8Array.of(1, 0, 0, 0, 0, 0)],
    [
      5,
      joined([
        [1, 1],
        vectorOf(functions, (at) => joined([[0], named(prefix + label(at)), [1, 0]])),
      ]),
    ],
    [11, vectorOf(interfaces, (at) => joined([[0], named(`x:y/${label(at)}`), [5, 0, 0]]))],
  );
}

test("an instance under a few names can be asked for each of its functions", async () => {
  const result = await loadComponentGuest(crossed(10, 10, ""));
  expect(result.ok && result.isolate.exports().length).toBe(110);
});

test("functions times names are bounded", async () => {
  const result = await loadComponentGuest(crossed(10_000, 10_000, ""));
  expect(result).toMatchObject({
    ok: false,
    failure: { kind: "load", message: expect.stringContaining("more than 10000 names") },
  });
});

test("methods are no names, however often their instance is exported", async () => {
  const result = await loadComponentGuest(crossed(100_000, 100_000, "[method]"));
  expect(result.ok && result.isolate.exports().length).toBe(0);
});

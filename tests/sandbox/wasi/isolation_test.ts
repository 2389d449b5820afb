import { describe, expect, test } from "vitest";
import { ERRNO } from "../../../sandbox/wasi/preview1/errno.ts";
import { driverModule } from "./support/driver.ts";
import { coreIsolate, type GuestOptions, valueOf } from "./support/guest.ts";

const FILES = { "/f": "0123456789", "/g": "g" };

/** A module whose function `step` is called three times, and must do the same each time. */
function step(body: string, more = ""): string {
  return driverModule(
    `(data (i32.const 60000) "f") (data (i32.const 60008) "\\00\\00\\01\\00\\02\\00\\00\\00")
    (global $g (mut i32) (i32.const 0)) (table $t 4 20 funcref) (elem declare func $nothing)
    (func $nothing) ${more} (func (export "step") (result i32) ${body})`,
    2,
  );
}

/** Opens /f; the number is at 59996. */
const OPEN = `(drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 60000) (i32.const 1)
  (i32.const 0) (i64.const 0x3fffffbf) (i64.const 0) (i32.const 0) (i32.const 59996)))`;
const NUMBER = `(i32.load (i32.const 59996))`;
/** Reads two bytes, to 65536, from a descriptor. */
const read = (number: string) =>
  `(drop (call $fd_read ${number} (i32.const 60008) (i32.const 1) (i32.const 100)))`;

const STATE: Record<string, string> = {
  memory: `(i32.store (i32.const 100) (i32.add (i32.load (i32.const 100)) (i32.const 1)))
    (i32.load (i32.const 100))`,
  "memory that the host wrote": `(i32.add (i32.load (i32.const 65536))
    (block (result i32) ${OPEN} ${read(NUMBER)} (i32.const 0)))`,
  global: `(global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g)`,
  table: `(if (result i32) (ref.is_null (table.get $t (i32.const 0)))
    (then (table.set $t (i32.const 0) (ref.func $nothing)) (i32.const 1)) (else (i32.const 2)))`,
  "growth of memory": `(drop (memory.grow (i32.const 1))) (memory.size)`,
  "growth of a table": `(drop (table.grow $t (ref.null func) (i32.const 1))) (table.size $t)`,
  "numbers of descriptors": `${OPEN} ${NUMBER}`,
  "closed descriptors": `(i32.add (call $fd_close (i32.const 3)) (call $fd_close (i32.const 0)))`,
  "renumbered descriptors": `${OPEN} (drop (call $fd_renumber ${NUMBER} (i32.const 0)))
    ${read("(i32.const 0)")} (i32.load (i32.const 65536))`,
  "flags and rights": `(drop (call $fd_fdstat_get (i32.const 1) (i32.const 0)))
    (drop (call $fd_fdstat_set_flags (i32.const 1) (i32.const 1)))
    (drop (call $fd_fdstat_set_rights (i32.const 1) (i64.const 64) (i64.const 0)))
    (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 8)))`,
  "the random numbers": `(drop (call $random_get (i32.const 0) (i32.const 4)))
    (i32.load (i32.const 0))`,
  "the clock": `(drop (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 1032)))
    (i64.store (i32.const 1024) (i64.const 1000000000)) (i32.store (i32.const 1016) (i32.const 1))
    (drop (call $poll_oneoff (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 0)))
    (i32.load (i32.const 1032))`,
};

function threeTimes(module: string, options: GuestOptions = {}): unknown[] {
  const isolate = coreIsolate(module, { files: FILES, ...options });
  return [1, 2, 3].map(() => isolate.call("step", [])).map((outcome) => {
    const { usage: { fuel, memoryBytes }, output } = outcome;
    return { value: valueOf(outcome), fuel, memoryBytes, output };
  });
}

describe("nothing passes from call to call by", () => {
  test.each(Object.entries(STATE))("%s", (_, body) => {
    const [first, ...others] = threeTimes(step(body));
    expect(others).toEqual([first, first]);
  });

  test("an unfinished line of output", () => {
    const [first, ...others] = threeTimes(step(`
      (i32.store (i32.const 0) (i32.const 60000)) (i32.store (i32.const 4) (i32.const 1))
      (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))`));
    expect(first).toMatchObject({ output: [{ level: "log", text: "f" }] });
    expect(others).toEqual([first, first]);
  });

  test.each(["(unreachable)", "(call $proc_exit (i32.const 1))", "(loop (br 0))"])(
    "a call that ends in %s",
    (ending) => {
      const isolate = coreIsolate(
        step(
          `${OPEN} ${read(NUMBER)} (i32.load (i32.const 65536))`,
          `(func (export "spoil") (memory.fill (i32.const 0) (i32.const 255) (i32.const 50000))
            ${OPEN} ${read(NUMBER)} (drop (call $fd_close (i32.const 3)))
            (global.set $g (i32.const 9)) ${ending})`,
        ),
        { files: FILES, limits: { fuel: 3_000_000 } },
      );
      const expected = valueOf(isolate.call("step", []));
      expect(isolate.call("spoil", []).ok).toBe(false);
      expect(valueOf(isolate.call("step", []))).toBe(expected);
      expect(valueOf(isolate.call("step", []))).toBe(expected);
    },
  );
});

test("what a reactor opened while it was initialised is open in every call, where it was", () => {
  const module = step(
    `${read("(i32.const 4)")} (i32.load16_u (i32.const 65536))`,
    `(func (export "_initialize") ${OPEN} ${read(NUMBER)}
      (i32.store (i32.const 65536) (i32.const 0)))`,
  );
  const isolate = coreIsolate(module, { files: FILES });
  const twoThree = 0x3332;
  expect([1, 2, 3].map(() => valueOf(isolate.call("step", [])))).toEqual(Array(3).fill(twoThree));
  const keeping = coreIsolate(module, { files: FILES, stateful: true });
  expect([1, 2].map(() => valueOf(keeping.call("step", [])))).toEqual([twoThree, 0x3534]);
  keeping.reset();
  expect(valueOf(keeping.call("step", []))).toBe(twoThree);
});

test("time that a reactor slept while it was initialised has passed in every call", () => {
  const isolate = coreIsolate(
    step(
      `(drop (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 0)))
      (i32.wrap_i64 (i64.div_u (i64.load (i32.const 0)) (i64.const 1000000000)))`,
      `(func (export "_initialize")
        (i64.store (i32.const 1024) (i64.const 5000000000))
        (i32.store (i32.const 1016) (i32.const 1))
        (drop (call $poll_oneoff (i32.const 1000) (i32.const 2000) (i32.const 1) (i32.const 0))))`,
    ),
  );
  expect([1, 2].map(() => valueOf(isolate.call("step", [])))).toEqual([5, 5]);
});

test("the file that a guest was given is not what it can write to", () => {
  const content = new Uint8Array([48, 49]);
  const isolate = coreIsolate(
    step(`${OPEN} ${read(NUMBER)} (memory.fill (i32.const 65536) (i32.const 255) (i32.const 2))
      (call $fd_write ${NUMBER} (i32.const 60008) (i32.const 1) (i32.const 100))`),
    { files: { "/f": content } },
  );
  expect(valueOf(isolate.call("step", []))).toBe(ERRNO.rofs);
  expect([...content]).toEqual([48, 49]);
});

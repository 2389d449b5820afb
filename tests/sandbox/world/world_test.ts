import { describe, expect, test } from "vitest";
import { CollectingSink } from "../../../sandbox/world/byte_sink.ts";
import { CLOCK_END_NS, VirtualClock } from "../../../sandbox/world/clock.ts";
import { World } from "../../../sandbox/world/world.ts";

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe("the clock", () => {
  test("sleeps forwards only, and whole nanoseconds", () => {
    const clock = new VirtualClock();
    clock.startFrom(80);
    clock.sleepUntil(5);
    expect([clock.nanoseconds(), clock.slept]).toEqual([10, 0]);
    clock.sleepUntil(20.9);
    expect([clock.nanoseconds(), clock.slept]).toEqual([20, 10]);
  });

  test("goes on where sleeping before the call had brought it", () => {
    const clock = new VirtualClock();
    clock.startFrom(80, 90);
    expect(clock.nanoseconds()).toBe(100);
  });

  test("shows exact numbers however long the guest sleeps and works", () => {
    const clock = new VirtualClock();
    let fuel = 0;
    clock.follow(() => fuel);
    for (const time of [Infinity, 2 ** 64, CLOCK_END_NS + 1]) {
      clock.sleepUntil(time);
      expect(clock.nanoseconds()).toBe(CLOCK_END_NS);
    }
    fuel = 8 * 1e14;
    expect(clock.nanoseconds()).toBe(CLOCK_END_NS + 1e14);
    clock.sleepUntil(Infinity);
    expect(clock.nanoseconds()).toBe(CLOCK_END_NS + 1e14);
    expect(Number.isSafeInteger(clock.nanoseconds() + 1e14)).toBe(true);
  });
});

describe("standard input", () => {
  test("is read in parts until it ends", () => {
    const world = new World({ outputBytes: 100 });
    world.begin({ fuelBefore: 0, stdin: utf8("abcdef") });
    expect(world.readStdin(4)).toEqual(utf8("abcd"));
    expect(world.stdinLeft).toBe(2);
    expect(world.readStdin(100)).toEqual(utf8("ef"));
    expect(world.readStdin(100)).toEqual(utf8(""));
  });
});

describe("what a call changes", () => {
  const START = { fuelBefore: 800, seed: [1, 2, 3, 4], stdin: utf8("input") } as const;

  /** All that can be seen of a world, by a call that changes all that can be changed. */
  function use(world: World): unknown[] {
    const bytes = new Uint8Array(5);
    world.random.fill(bytes);
    const seen = [world.clock.nanoseconds(), world.clock.slept, bytes, world.readStdin(3)];
    world.clock.sleepUntil(1000);
    world.stdout.write(utf8("whole\nhalf"));
    world.stderr.write(utf8("error"));
    return [...seen, world.stdinLeft, world.output.room];
  }

  test("is put back when the next begins", () => {
    const world = new World({ outputBytes: 100 });
    world.begin(START);
    const first = use(world);
    world.begin(START);
    expect(use(world)).toEqual(first);
    world.end();
    expect(world.output.take()).toEqual([
      { level: "log", text: "whole" },
      { level: "log", text: "half" },
      { level: "error", text: "error" },
    ]);
  });

  test("is put back where standard output is collected", () => {
    const sink = new CollectingSink(100);
    const world = new World({ outputBytes: 100, stdout: () => sink });
    world.begin(START);
    use(world);
    world.begin(START);
    use(world);
    expect(sink.bytes()).toEqual(utf8("whole\nhalf"));
  });

  test("is nothing of the arguments", () => {
    expect(new World({ outputBytes: 0 }).args).toEqual([]);
    expect(new World({ outputBytes: 0, args: ["a"] }).args).toEqual(["a"]);
  });
});

import { describe, expect, test } from "vitest";
import { ComponentTrap } from "../../../../sandbox/component/errors.ts";
import { CLOCK_END_NS, FUEL_PER_NANOSECOND } from "../../../../sandbox/world/clock.ts";
import { handleOf, Wasi } from "./support.ts";

const SECOND = 1_000_000_000n;
const U64_MAX = 2n ** 64n - 1n;

describe("the clocks", () => {
  test("stand where the call begins, and go on with fuel", () => {
    const wasi = new Wasi({ fuelBefore: 800 });
    expect(wasi.now()).toBe(100n);
    wasi.world.clock.follow(() => wasi.fuel);
    const before = wasi.now();
    wasi.fuel += 1000 * FUEL_PER_NANOSECOND;
    expect(wasi.now() - before).toBe(1000n + 100n); // and what reading the clock costs
  });

  test("tell nanoseconds", () => {
    const wasi = new Wasi();
    expect(wasi.call("clocks/monotonic-clock", "resolution")).toBe(1n);
    expect(wasi.call("clocks/wall-clock", "resolution")).toEqual({ seconds: 0n, nanoseconds: 1 });
  });

  test("agree: the wall clock shows the epoch and the monotonic clock together", () => {
    const wasi = new Wasi();
    const epoch = BigInt(Date.UTC(2025, 0, 1) / 1000);
    expect(wasi.call("clocks/wall-clock", "now")).toEqual({ seconds: epoch, nanoseconds: 0 });
    wasi.call("io/poll", "[method]pollable.block", wasi.after(90n * SECOND + 5n));
    expect(wasi.call("clocks/wall-clock", "now"))
      .toEqual({ seconds: epoch + 90n, nanoseconds: 5 });
  });
});

describe("waiting", () => {
  const block = (wasi: Wasi, pollable: ReturnType<Wasi["after"]>) =>
    wasi.call("io/poll", "[method]pollable.block", pollable);
  const ready = (wasi: Wasi, pollable: ReturnType<Wasi["after"]>) =>
    wasi.call("io/poll", "[method]pollable.ready", pollable);

  test("moves the clock to the time and not beyond it", () => {
    const wasi = new Wasi();
    const pollable = wasi.after(7n * SECOND);
    expect(ready(wasi, pollable)).toBe(false);
    block(wasi, pollable);
    expect(wasi.now()).toBe(7n * SECOND);
    expect(ready(wasi, pollable)).toBe(true);
    block(wasi, pollable);
    expect(wasi.now()).toBe(7n * SECOND);
  });

  test("for an instant that is over is no waiting", () => {
    const wasi = new Wasi({ fuelBefore: 8000 });
    const pollable = handleOf(wasi.call("clocks/monotonic-clock", "subscribe-instant", 999n));
    expect(ready(wasi, pollable)).toBe(true);
    block(wasi, pollable);
    expect(wasi.now()).toBe(1000n);
  });

  test("costs the same however long it is", () => {
    const price = (nanoseconds: bigint) => {
      const wasi = new Wasi();
      block(wasi, wasi.after(nanoseconds));
      return wasi.fuel;
    };
    expect(price(86_400n * SECOND)).toBe(price(1n));
  });

  test("for what never comes is a trap", () => {
    const wasi = new Wasi();
    for (const nanoseconds of [BigInt(CLOCK_END_NS) + 1n, U64_MAX]) {
      const pollable = wasi.after(nanoseconds);
      expect(ready(wasi, pollable)).toBe(false);
      expect(() => block(wasi, pollable)).toThrow(ComponentTrap);
      expect(() => wasi.call("io/poll", "poll", [pollable])).toThrow(/nothing is ready/);
    }
    block(wasi, wasi.after(BigInt(CLOCK_END_NS)));
    expect(wasi.now()).toBe(BigInt(CLOCK_END_NS));
    expect(wasi.now()).toBeLessThan(Number.MAX_SAFE_INTEGER);
    expect(() => block(wasi, wasi.after(1n))).toThrow(ComponentTrap);
  });
});

describe("poll", () => {
  test("waits for the first, and tells all that are ready then", () => {
    const wasi = new Wasi();
    const list = [wasi.after(30n), wasi.after(10n), wasi.after(U64_MAX), wasi.after(10n)];
    expect(wasi.call("io/poll", "poll", list)).toEqual([1, 3]);
    expect(wasi.now()).toBe(10n);
    expect(wasi.call("io/poll", "poll", list)).toEqual([1, 3]);
    expect(wasi.call("io/poll", "poll", [wasi.after(1n), list[0] ?? 0])).toEqual([0]);
    expect(wasi.now()).toBe(11n);
  });

  test("tells at once what is ready, without waiting", () => {
    const wasi = new Wasi();
    const input = handleOf(wasi.input("subscribe"));
    expect(wasi.call("io/poll", "poll", [wasi.after(SECOND), input, input])).toEqual([1, 2]);
    expect(wasi.now()).toBe(0n);
  });

  test("takes 1 to 1000 pollables, and each is paid for", () => {
    const wasi = new Wasi();
    const pollable = wasi.after(1n);
    expect(() => wasi.call("io/poll", "poll", [])).toThrow(ComponentTrap);
    expect(() => wasi.call("io/poll", "poll", Array(1001).fill(pollable))).toThrow(ComponentTrap);
    const before = wasi.fuel;
    expect(wasi.call("io/poll", "poll", Array(1000).fill(pollable))).toHaveLength(1000);
    expect(wasi.fuel - before).toBeGreaterThanOrEqual(600_000);
  });
});

import { describe, expect, test } from "vitest";
import { CLOCK_EPOCH_MS, FUEL_PER_NANOSECOND } from "../../../sandbox/world/clock.ts";
import type { Value } from "../../../sandbox/values/value.ts";
import { isolateOf, load, valueOf } from "./support.ts";

describe("the clock", () => {
  const CLOCK = `
    export const loaded = Date.now();
    for (let i = 0; i < 100_000; i++);
    export const read = () => [loaded, Date.now(), +new Date(), performance.now()];
    export const wait = () => {
      const start = performance.now();
      for (let i = 0; i < 100_000; i++);
      return performance.now() - start;
    };
    export const zone = () => [new Date().getTimezoneOffset(), new Date(0).toString(), new Date(2024, 6, 1).getTime()];
  `;

  test("starts at the epoch, goes on where loading ended, and shows the same at each call", async () => {
    const isolate = await isolateOf(CLOCK);
    const first = valueOf(isolate.call("read", [])) as number[];
    const [loaded, now, date, performanceNow] = first as [number, number, number, number];
    expect(loaded).toBe(CLOCK_EPOCH_MS);
    expect(now).toBeGreaterThan(loaded);
    expect(date).toBe(now);
    expect(performanceNow).toBeGreaterThanOrEqual(now - CLOCK_EPOCH_MS);
    expect(valueOf(isolate.call("read", []))).toStrictEqual(first);
  });

  test("advances with fuel alone", async () => {
    const isolate = await isolateOf(CLOCK);
    const outcome = isolate.call("wait", []);
    const waitedMs = valueOf(outcome) as number;
    const fuelMs = outcome.usage.fuel / FUEL_PER_NANOSECOND / 1e6;
    expect(waitedMs).toBeGreaterThan(0.9 * fuelMs);
    expect(waitedMs).toBeLessThan(fuelMs);
  });

  test("runs on from call to call in a stateful isolate", async () => {
    const isolate = await isolateOf(CLOCK, {}, { stateful: true });
    const first = valueOf(isolate.call("read", [])) as number[];
    isolate.call("wait", []);
    const second = valueOf(isolate.call("read", [])) as number[];
    expect(second[3]).toBeGreaterThan(first[3] ?? Infinity);
    isolate.reset();
    expect(valueOf(isolate.call("read", []))).toStrictEqual(first);
  });

  test("is in UTC", async () => {
    const isolate = await isolateOf(CLOCK);
    expect(valueOf(isolate.call("zone", []))).toStrictEqual([
      0,
      "Thu Jan 01 1970 00:00:00 GMT+0000",
      Date.UTC(2024, 6, 1),
    ]);
  });
});

describe("Math.random", () => {
  const RANDOM = `
    export const early = [Math.random(), Math.random()];
    export const draw = (n) => Array.from({ length: n }, Math.random);
    export const loaded = () => early;
    export const name = () => Math.random.name + Math.random.length;
  `;

  test("depends on the seed alone", async () => {
    const one = await isolateOf(RANDOM);
    const two = await isolateOf(RANDOM);
    const draw = (isolate: typeof one, seed?: readonly [number, number, number, number]) =>
      valueOf(isolate.call("draw", [5], seed === undefined ? {} : { seed })) as number[];
    const numbers = draw(one, [1, 2, 3, 4]);
    expect(draw(one, [1, 2, 3, 4])).toStrictEqual(numbers);
    expect(draw(two, [1, 2, 3, 4])).toStrictEqual(numbers);
    expect(draw(one, [1, 2, 3, 5])).not.toStrictEqual(numbers);
    expect(draw(one)).toStrictEqual(draw(two));
    expect(valueOf(one.call("loaded", []))).toStrictEqual(valueOf(two.call("loaded", [])));
  });

  test("is evenly spread between 0 and 1, for neighbouring seeds as well", async () => {
    const isolate = await isolateOf(RANDOM);
    const firsts: number[] = [];
    for (let seed = 0; seed < 500; seed++) {
      firsts.push(...valueOf(isolate.call("draw", [2], { seed: [seed, 0, 0, 0] })) as number[]);
    }
    for (const numbers of [firsts, valueOf(isolate.call("draw", [2000])) as number[]]) {
      const counts = new Array<number>(10).fill(0);
      for (const number of numbers) {
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThan(1);
        const bin = Math.floor(number * 10);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      const expected = numbers.length / 10;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(27.9); // 9 degrees of freedom, 1 in 1000
    }
  });

  test("goes on without a seed in a stateful isolate", async () => {
    const isolate = await isolateOf(RANDOM, {}, { stateful: true });
    const first = valueOf(isolate.call("draw", [3]));
    expect(valueOf(isolate.call("draw", [3]))).not.toStrictEqual(first);
  });
});

describe("the console", () => {
  async function lines(code: string): Promise<[string, string][]> {
    const result = await load(code);
    return result.output.map(({ level, text }) => [level, text]);
  }

  test("captures each level", async () => {
    const output = await lines(
      "for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level](level, 1)",
    );
    expect(output).toStrictEqual(
      ["debug", "log", "info", "warn", "error"].map((l) => [l, `${l} 1`]),
    );
  });

  test.each<[string, string]>([
    ["'a', 1, -0, 2n, null, undefined, true", "a 1 -0 2n null undefined true"],
    [
      "{ a: [1, 'x', { b: 0 }], 'c-d': new Map([[1, new Set([2])]]) }",
      '{a: [1, "x", {b: 0}], c-d: Map {1 => Set {2}}}',
    ],
    ["new (class Point { x = 1 })()", "Point {x: 1}"],
    ["[1, , 3], new Uint8Array([1, 2])", "[1, <empty>, 3] Uint8Array [1, 2]"],
    ["{ get a() { throw 1 }, set b(x) {} }", "{a: [Getter], b: [Setter]}"],
    ["() => 1, function f() {}, class C {}", "[Function] [Function f] [Function C]"],
    [
      "Symbol('s'), /x/g, new Date(0), new Date(NaN)",
      "Symbol(s) /x/g 1970-01-01T00:00:00.000Z Invalid Date",
    ],
    ["{ a: { b: { c: { d: 1 } } } }", "{a: {b: {c: {…}}}}"],
    ["'%s is %d, %i, %o%% %c!', 'x', 1.5, 2.7, ['y'], 'css', 'rest'", 'x is 1.5, 2, ["y"]% ! rest'],
    ["'100%', '%s'", "100% %s"],
    ["'%s %s', 1", "1 %s"],
    ["Array.from({ length: 102 }, () => 0)", `[${"0, ".repeat(99)}0, … 2 more]`],
    ["new Proxy({}, { ownKeys() { throw 1 } })", "[object]"],
    ["(() => { const a = {}; a.a = a; return a })()", "{a: {a: {a: {…}}}}"],
    ["", ""],
  ])("shows %s", async (args, text) => {
    expect(await lines(`console.log(${args})`)).toStrictEqual([["log", text]]);
  });

  test("has the other methods as simple text", async () => {
    const output = await lines(`
      console.group("one"); console.log("in"); console.group(); console.warn("deeper");
      console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log("out");
      console.assert(true, "never"); console.assert(false); console.assert(0, "why", 1);
      console.count(); console.count(); console.count("x"); console.countReset(); console.count();
      console.dir([1]); console.table([{ a: 1 }]); console.trace("here"); console.timeEnd("never");
      console.time("t"); console.timeLog("t", 1); console.timeEnd("t");
    `);
    expect(output.slice(0, -2)).toStrictEqual([
      ["log", "one"],
      ["log", "  in"],
      ["warn", "    deeper"],
      ["log", "out"],
      ["error", "Assertion failed"],
      ["error", "Assertion failed: why 1"],
      ["log", "default: 1"],
      ["log", "default: 2"],
      ["log", "x: 1"],
      ["log", "default: 1"],
      ["log", "[1]"],
      ["log", "[{a: 1}]"],
      ["debug", "Trace: here"],
      ["warn", "Timer never does not exist"],
    ]);
    expect(output.at(-2)?.[1]).toMatch(/^t: [\d.e-]+ms 1$/);
    expect(output.at(-1)?.[1]).toMatch(/^t: [\d.e-]+ms$/);
  });

  test("leaves the prelude out of the stacks of errors", async () => {
    expect(await lines("console.error(new RangeError('x'))")).toStrictEqual([
      ["error", "RangeError: x\n    at <anonymous> (user.js:1:18)"],
    ]);
  });

  test("is cut at the limit, which costs the call nothing else", async () => {
    const isolate = await isolateOf(
      "export const f = (text, n) => { for (let i = 0; i < n; i++) console.log(text); return n };",
      { outputBytes: 10 },
    );
    const dropped = { level: "warn", text: "(output beyond 10 bytes was dropped)" };
    const outcome = isolate.call("f", ["1234", 100]);
    expect(valueOf(outcome)).toBe(100);
    expect(outcome.output.map(({ text }) => text)).toStrictEqual([
      "1234",
      "1234",
      "12",
      dropped.text,
    ]);
    expect(isolate.call("f", ["1234567890", 1]).output).toStrictEqual([{
      level: "log",
      text: "1234567890",
    }]);
    expect(isolate.call("f", ["x".repeat(100_000), 1]).output.at(-1)).toStrictEqual(dropped);
  });

  test("keeps what was printed before a failure", async () => {
    const isolate = await isolateOf("export const f = () => { console.log('here'); for (;;); };");
    const outcome = isolate.call("f", [], { fuel: 1_000_000 });
    expect(outcome).toMatchObject({ ok: false, output: [{ level: "log", text: "here" }] });
  });

  test("shows hostile values within bounds", async () => {
    const values: [string, Value][] = [
      ["wide", null],
      ["shared", null],
      ["endless", null],
    ];
    const isolate = await isolateOf(
      `export const wide = () => console.log(Array.from({ length: 300 }, () => Array(300).fill([1, 2, 3])));
       export const shared = () => { let a = [1]; for (let i = 0; i < 50; i++) a = [a, a, a, a]; console.log(a) };
       export const endless = () => console.log(new Proxy([], { get: (t, k) => k === "length" ? 2 ** 53 - 1 : 1 }));`,
    );
    for (const [name] of values) {
      const outcome = isolate.call(name, []);
      expect(outcome.ok).toBe(true);
      expect(outcome.output[0]?.text.length).toBeLessThan(30_000);
    }
  });
});

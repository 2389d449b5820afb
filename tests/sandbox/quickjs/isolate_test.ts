import { describe, expect, test } from "vitest";
import { failureOf, isolateOf, load, memoryOf, valueOf } from "./support.ts";

describe("a call", () => {
  test("gives the value, the fuel, the memory and the time it used", async () => {
    const isolate = await isolateOf("export const solve = (a) => a.toSorted((x, y) => x - y);");
    const outcome = isolate.call("solve", [[3, 1, 2]]);
    expect(outcome).toMatchObject({ ok: true, value: [1, 2, 3], output: [] });
    expect(outcome.usage.fuel).toBeGreaterThan(1000);
    expect(outcome.usage.memoryBytes).toBeGreaterThan(100_000);
    expect(outcome.usage.memoryBytes).toBeLessThan(1_000_000);
    expect(outcome.usage.wallMs).toBeGreaterThan(0);
  });

  test("reaches functions, classes' static-free exports, and the default export", async () => {
    const isolate = await isolateOf(`
      export default function (x) { return x + 1 }
      export const twice = (x) => 2 * x;
      export function none() {}
    `);
    expect(valueOf(isolate.call("default", [1]))).toBe(2);
    expect(valueOf(isolate.call("twice", [2]))).toBe(4);
    expect(valueOf(isolate.call("none", []))).toBe(undefined);
    expect(isolate.exports()).toStrictEqual(["default", "none", "twice"]);
  });

  test("passes texts of any length and alphabet in both directions", async () => {
    const isolate = await isolateOf("export const echo = (x) => x;");
    const texts = ["", "é", '\u0000\u0001\n"\\', "\ud800 alone", "日本語 🎈", "x".repeat(100_000)];
    for (const text of [...texts, "ä".repeat(9000), "🎈".repeat(4000)]) {
      expect(valueOf(isolate.call("echo", [text]))).toBe(text);
    }
  });

  test("of what is not there says what is", async () => {
    const isolate = await isolateOf("export const a = () => 1; export const b = 2;");
    expect(failureOf(isolate.call("c", []))).toStrictEqual({
      kind: "load",
      message: "user.js has no export named c: it exports a, b",
    });
    expect(failureOf(isolate.call("b", []))).toStrictEqual({
      kind: "load",
      message: "the export b of user.js is not a function: its type is number",
    });
    expect(failureOf(isolate.call("toString", [])).kind).toBe("load");
  });

  test("refuses arguments that cannot cross, as the caller's mistake", async () => {
    const isolate = await isolateOf("export const a = () => 1;");
    const notAValue = { when: Object(Symbol("now")) };
    expect(() => isolate.call("a", [notAValue])).toThrow(/\$\.when: it is an instance of Symbol/);
    expect(valueOf(isolate.call("a", []))).toBe(1);
  });

  test("may have less fuel than the isolate, and never more", async () => {
    const isolate = await isolateOf("export const spin = () => { for (;;); };", {
      fuel: 1_000_000,
    });
    expect(isolate.call("spin", [], { fuel: 50_000 }).usage.fuel).toBe(50_000);
    expect(isolate.call("spin", [], { fuel: 50_000_000 }).usage.fuel).toBe(1_000_000);
  });

  test("on an isolate that was disposed is a mistake, disposing twice is none", async () => {
    const isolate = await isolateOf("export const a = () => 1;");
    isolate.dispose();
    isolate.dispose();
    expect(() => isolate.call("a", [])).toThrow(/was disposed/);
  });
});

describe("an exception", () => {
  const cases: [string, string, string][] = [
    ["an error", "throw new TypeError('no')", "TypeError: no"],
    ["an error without a message", "throw new Error()", "Error"],
    [
      "an error of a user's class",
      "throw new (class Oops extends Error { name = 'Oops' })('x')",
      "Oops: x",
    ],
    ["a text", "throw 'why'", 'threw "why"'],
    ["nothing", "throw undefined", "threw undefined"],
    ["an object", "throw { a: 1 }", "threw {a: 1}"],
    ["an object with a message", "throw { message: 'm' }", "Error: m"],
    ["a symbol", "throw Symbol('s')", "threw Symbol(s)"],
    ["a bigint", "throw 12n", "threw 12n"],
    ["a function", "throw function f() {}", "threw [Function f]"],
    [
      "a revoked proxy",
      "const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy",
      "threw [object]",
    ],
    [
      "an error whose getters throw",
      "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1 } })",
      "threw Error",
    ],
    [
      "a proxy whose traps throw",
      "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, ownKeys() { throw 3 } })",
      "threw [object]",
    ],
    [
      "an error whose message is not a text",
      "throw Object.assign(new Error(), { message: {} })",
      "threw Error",
    ],
  ];

  test.each(cases)("that is %s is described", async (_, body, message) => {
    const isolate = await isolateOf(`export function f() { ${body} }`);
    const failure = failureOf(isolate.call("f", []));
    expect(failure.kind).toBe("exception");
    expect(failure.message).toBe(message);
  });

  test("has the stack of the user's own frames", async () => {
    const isolate = await isolateOf(
      "function inner() { throw new Error('deep') }\nexport function outer() { inner() }",
    );
    expect(failureOf(isolate.call("outer", [])).stack).toBe(
      "    at inner (user.js:1:29)\n    at outer (user.js:2:27)",
    );
  });

  test("is cut where it is long", async () => {
    const isolate = await isolateOf(`
      export const long = () => { throw new Error('x'.repeat(1e6)) };
      export const stack = () => { throw Object.assign(new Error(), { stack: 'y'.repeat(1e6) }) };
    `);
    expect(failureOf(isolate.call("long", [])).message.length).toBeLessThan(2100);
    expect(failureOf(isolate.call("stack", [])).stack?.length).toBeLessThan(4100);
  });
});

describe("a result that cannot cross", () => {
  test.each([
    ["a function", "({ f() {} })", "$.f", /it is a function/],
    ["an instance", "[new (class Point {})()]", "$[0]", /an instance of Point/],
    ["an error", "new Error('x')", "$", /an instance of Error/],
    [
      "a cycle",
      "(() => { const a = { list: [] }; a.list.push(a); return a })()",
      "$.list[0]",
      /itself/,
    ],
    ["a symbol", "Symbol()", "$", /it is a symbol/],
    ["a module", "import('user.js')", "$.f", /it is a function/],
  ])("%s is bad output, with the path to it", async (_, code, path, reason) => {
    const isolate = await isolateOf(`export const f = () => ${code};`);
    const failure = failureOf(isolate.call("f", []));
    expect(failure.kind).toBe("bad-output");
    expect(failure.message).toContain(`Cannot copy the value at ${path}: `);
    expect(failure.message).toMatch(reason);
  });

  test.each([
    ["a text of 20 MB", "'x'.repeat(2e7)"],
    ["a text that takes more bytes than characters", "'é'.repeat(600_000)"],
    ["many numbers", "new Array(2e6).fill(7)"],
    [
      "a shared part that blows up",
      "(() => { let a = ['x'.repeat(100)]; for (let i = 0; i < 64; i++) a = [a, a]; return a })()",
    ],
    ["a large typed array", "new Float64Array(3e6)"],
    [
      "an array with a false length",
      "new Proxy([], { get: (t, k) => k === 'length' ? 2 ** 53 - 1 : 0 })",
    ],
  ])("%s is bad output", async (_, code) => {
    const isolate = await isolateOf(`export const f = () => ${code};`, {
      memoryBytes: 256 * 2 ** 20,
    });
    const failure = failureOf(isolate.call("f", []));
    expect([failure.kind, failure.message]).toStrictEqual([
      "bad-output",
      expect.stringMatching(/longer than 1048576 |more than 100 containers/),
    ]);
  });
});

describe("loading", () => {
  test("awaits the top level and the jobs that it started", async () => {
    const isolate = await isolateOf(`
      export let order = [];
      queueMicrotask(() => order.push("job"));
      await null;
      order.push("awaited");
      Promise.resolve().then(() => order.push("late"));
      export const get = () => order;
    `);
    expect(valueOf(isolate.call("get", []))).toStrictEqual(["job", "awaited", "late"]);
  });

  test.each([
    ["a syntax error", "export const = 1;", /^Cannot load user.js: SyntaxError: /],
    [
      "an exception",
      "throw new RangeError('not today')",
      /^Cannot load user.js: RangeError: not today$/,
    ],
    ["a rejection", "await null; throw new Error('later')", /^Cannot load user.js: Error: later$/],
    ["a loop", "for (;;);", /^Cannot load user.js: used up its fuel of 100000000 units$/],
    [
      "a recursion",
      "(function f() { f() })()",
      /^Cannot load user.js: .*(nested too deeply|stack)/,
    ],
    [
      "a bomb",
      "const a = []; for (;;) a.push(new Array(1e5).fill(0))",
      /^Cannot load user.js: needs more than/,
    ],
    [
      "an endless wait",
      "await new Promise(() => {})",
      /^Cannot load user.js: its top-level await never settled$/,
    ],
    ["an import", "import fs from 'fs'", /^Cannot load user.js: .*fs/],
  ])("of %s fails and says why", async (_, code, message) => {
    const failure = failureOf(await load(code, { fuel: 100_000_000, memoryBytes: 8 * 2 ** 20 }));
    expect(failure.kind).toBe("load");
    expect(failure.message).toMatch(message);
  });

  test("reports what it used and printed", async () => {
    const result = await load("console.log('hello'); export const a = 1;");
    expect(result.ok).toBe(true);
    expect(result.output).toStrictEqual([{ level: "log", text: "hello" }]);
    expect(result.usage.fuel).toBeGreaterThan(1000);
  });

  test("works in the least memory that limits allow", async () => {
    const isolate = await isolateOf("export const f = () => [1];", { memoryBytes: 8 * 2 ** 20 });
    expect(valueOf(isolate.call("f", []))).toStrictEqual([1]);
    expect(memoryOf(isolate).buffer.byteLength).toBe(8 * 2 ** 20);
  });
});

describe("a stateful isolate", () => {
  const COUNTER = `
    let count = 0;
    export const next = () => ++count;
    export const fail = () => { count += 10; throw new Error("counted") };
    export const spin = () => { count += 100; for (;;); };
    export const large = (text) => text.length;
  `;

  test("keeps its state, across exceptions as well", async () => {
    const isolate = await isolateOf(COUNTER, {}, { stateful: true });
    expect(valueOf(isolate.call("next", []))).toBe(1);
    expect(failureOf(isolate.call("fail", [])).kind).toBe("exception");
    expect(valueOf(isolate.call("next", []))).toBe(12);
  });

  test("starts from the image after a call that was stopped, or when told to", async () => {
    const isolate = await isolateOf(COUNTER, { fuel: 1_000_000 }, { stateful: true });
    valueOf(isolate.call("next", []));
    expect(failureOf(isolate.call("spin", [])).kind).toBe("fuel");
    expect(valueOf(isolate.call("next", []))).toBe(1);
    expect(valueOf(isolate.call("next", []))).toBe(2);
    isolate.reset();
    expect(valueOf(isolate.call("next", []))).toBe(1);
  });

  test("does not fill up with what calls leave behind", async () => {
    const isolate = await isolateOf(COUNTER, { memoryBytes: 8 * 2 ** 20 }, { stateful: true });
    const text = "x".repeat(200_000);
    for (let call = 0; call < 100; call++) {
      expect(valueOf(isolate.call("large", [text], { seed: [1, 2, 3, call] }))).toBe(200_000);
    }
  });

  test("gives a late promise's result to no other call", async () => {
    const isolate = await isolateOf(
      `let resolve;
       export const wait = () => new Promise((r) => { resolve = r });
       export const release = () => { resolve("late"); return new Promise(() => {}) };`,
      {},
      { stateful: true },
    );
    expect(failureOf(isolate.call("wait", [])).message).toMatch(/returned by wait never settled/);
    expect(failureOf(isolate.call("release", [])).message).toMatch(
      /returned by release never settled/,
    );
  });
});

import { describe, expect, test } from "vitest";
import { failureOf, isolateOf, valueOf } from "./support.ts";

describe("a promise that a call returns", () => {
  test.each([
    ["an async function", "async () => 1", 1],
    ["an async function that waits", "async () => { await null; await null; return [2] }", [2]],
    ["a promise", "() => Promise.resolve({ a: 3 })", { a: 3 }],
    ["a thenable", "() => ({ then(done) { done(4) } })", 4],
    ["a promise of a promise", "async () => Promise.resolve(Promise.resolve(5))", 5],
    ["all of many", "() => Promise.all([6, Promise.resolve(7), (async () => 8)()])", [6, 7, 8]],
    [
      "an async generator's step",
      "() => (async function* () { yield 9 })().next().then((r) => r.value)",
      9,
    ],
    [
      "a chain of microtasks",
      "() => new Promise((done) => queueMicrotask(() => queueMicrotask(() => done(10))))",
      10,
    ],
  ])("from %s settles inside the call", async (_, code, value) => {
    const isolate = await isolateOf(`export const f = ${code};`);
    expect(valueOf(isolate.call("f", []))).toStrictEqual(value);
    expect(valueOf(isolate.call("f", []))).toStrictEqual(value);
  });

  test.each([
    ["is rejected", "async () => { throw new TypeError('no') }", "exception", "TypeError: no"],
    ["is rejected with a text", "() => Promise.reject('why')", "exception", 'threw "why"'],
    [
      "never settles",
      "() => new Promise(() => {})",
      "exception",
      "the promise returned by f never settled",
    ],
    [
      "waits for itself",
      "() => { const p = Promise.resolve().then(() => p); return p }",
      "exception",
      /itself|cycle|resolution/,
    ],
    [
      "has a result that cannot cross",
      "async () => [() => 1]",
      "bad-output",
      /\$\[0\]: it is a function/,
    ],
    ["runs without end", "async () => { for (;;) await null }", "fuel", /used up its fuel/],
    [
      "lets a microtask throw",
      "() => new Promise(() => queueMicrotask(() => { throw new Error('lost') }))",
      "exception",
      "Error: lost",
    ],
    [
      "has a then that throws",
      "() => ({ get then() { throw new Error('mine') } })",
      "exception",
      "Error: mine",
    ],
  ])("and that %s is a failure", async (_, code, kind, message) => {
    const isolate = await isolateOf(`export const f = ${code};`, { fuel: 10_000_000 });
    const failure = failureOf(isolate.call("f", []));
    expect(failure.kind).toBe(kind);
    if (message instanceof RegExp) expect(failure.message).toMatch(message);
    else expect(failure.message).toBe(message);
  });

  test("does not let its jobs run on after the call", async () => {
    const isolate = await isolateOf(`
      export const f = () => { Promise.resolve().then(() => console.log("ran")); return 1 };
      export const g = () => 2;
    `);
    expect(isolate.call("f", []).output).toStrictEqual([{ level: "log", text: "ran" }]);
    expect(isolate.call("g", []).output).toStrictEqual([]);
  });
});

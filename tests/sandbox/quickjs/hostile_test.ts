import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../../sandbox/outcome.ts";
import { failureOf, hashMemory, isolateOf, memoryOf, valueOf } from "./support.ts";
import { TAMPER } from "./tamper.ts";

const FUEL = 100_000_000;
const MEMORY = 32 * 2 ** 20;

describe("a call that goes wrong is a typed failure, and the next call gives the right answer:", () => {
  test.each<[string, string, FailureKind[]]>([
    ["a loop", "for (;;);", ["fuel"]],
    ["a loop that catches", "for (;;) { try { for (;;); } catch {} finally {} }", ["fuel"]],
    ["a recursion", "(function f() { f() })()", ["stack"]],
    ["a recursion that catches", "function f() { try { f() } catch { f() } } f()", [
      "stack",
      "fuel",
    ]],
    ["a recursion through a getter", "const o = { get a() { return this.a } }; return o.a", [
      "stack",
    ]],
    [
      "a recursion through a proxy",
      "const p = new Proxy({}, { get(t, k, r) { return r[k] } }); return p.a",
      ["stack"],
    ],
    ["a recursion through sort", "const f = () => [1, 2].sort(f); f()", ["stack"]],
    ["deep JSON", "JSON.parse('['.repeat(5e4))", ["stack"]],
    ["deep source", "eval('('.repeat(5e4))", ["stack", "exception"]],
    [
      "deep arrays flattened",
      "let a = []; for (let i = 0; i < 5e3; i++) a = [a]; a.flat(Infinity)",
      ["stack"],
    ],
    ["deep arrays as text", "let a = []; for (let i = 0; i < 5e3; i++) a = [a]; return '' + a", [
      "stack",
    ]],
    ["a deep pattern", "new RegExp('('.repeat(5e4))", ["stack", "exception"]],
    ["an engine's own native loop", "new Array(1e9) + ''", ["fuel", "memory", "exception"]],
    ["a backtracking pattern", "/(a+)+$/.test('a'.repeat(40) + 'b')", ["fuel"]],
    ["a search in a long text", "const s = 'a'.repeat(4e6); s.indexOf('a'.repeat(2e6) + 'b')", [
      "fuel",
    ]],
    [
      "methods on what claims to be long",
      "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)",
      ["fuel"],
    ],
    ["reversing what claims to be long", "Array.prototype.reverse.call({ length: 2 ** 53 - 1 })", [
      "fuel",
    ]],
    [
      "shared structure as JSON",
      "let a = []; for (let i = 0; i < 40; i++) a = [a, a, a]; JSON.stringify(a)",
      ["fuel", "memory"],
    ],
    ["a bigint that explodes", "let n = 3n; for (;;) n *= n", ["fuel", "memory", "exception"]],
    ["filling typed arrays", "const a = new Float64Array(1e6); for (;;) a.fill(1)", ["fuel"]],
    ["a memory bomb of arrays", "const a = []; for (;;) a.push(new Array(1000).fill(0))", [
      "memory",
      "fuel",
    ]],
    ["a memory bomb of buffers", "const a = []; for (;;) a.push(new ArrayBuffer(2 ** 20))", [
      "memory",
    ]],
    ["a memory bomb of texts", "let s = 'x'; for (;;) s += s + 'y'", ["memory", "exception"]],
    [
      "a memory bomb that catches",
      "const a = []; for (;;) { try { for (;;) a.push(new ArrayBuffer(2 ** 20)) } catch {} }",
      ["memory"],
    ],
    ["one huge buffer", "new ArrayBuffer(2 ** 30)", ["memory", "exception"]],
    ["a memory bomb of closures", "let f = () => 1; for (;;) { const g = f; f = () => g }", [
      "memory",
      "fuel",
    ]],
    ["endless microtasks", "const again = () => queueMicrotask(again); again()", ["fuel"]],
    ["endless output", "for (;;) console.log('x'.repeat(1000))", ["fuel"]],
    ["a thrown text", "throw 'x'.repeat(1e6)", ["exception"]],
  ])("%s", async (_, body, kinds) => {
    const isolate = await isolateOf(
      `export const f = () => { ${body} }; export const right = (a) => a.map((x) => x + 1);`,
      { fuel: FUEL, memoryBytes: MEMORY },
    );
    const failure = failureOf(isolate.call("f", []));
    expect(kinds).toContain(failure.kind);
    expect(failure.message.length).toBeLessThan(2100);
    expect(valueOf(isolate.call("right", [[1, 2]]))).toStrictEqual([2, 3]);
    expect(memoryOf(isolate).buffer.byteLength).toBeLessThanOrEqual(MEMORY);
  });

  test("memory and stack run out at the same point each time, and leave the same image", async () => {
    const isolate = await isolateOf(
      `let depth = 0;
       export const down = () => { depth++; return 1 + down() };
       export const bomb = () => { const a = []; for (;;) a.push(new ArrayBuffer(2 ** 16)) };
       export const one = () => 1;`,
      { fuel: FUEL, memoryBytes: MEMORY },
    );
    const results = [1, 2].map(() =>
      ["one", "down", "one", "bomb", "one"].map((name) => {
        const { usage, ...outcome } = isolate.call(name, []);
        return [outcome, usage.fuel, usage.memoryBytes, name === "bomb" ? "" : hashMemory(isolate)];
      })
    );
    expect(results[1]).toStrictEqual(results[0]);
    expect(results[0]?.[2]).toStrictEqual(results[0]?.[0]);
    expect(results[0]?.[4]).toStrictEqual(results[0]?.[0]);
  });
});

describe("a candidate that tampers", () => {
  test("with everything changes no honest answer", async () => {
    const isolate = await isolateOf(`
      export const list = () => { const a = [3, 1.5, "x"]; return { a, map: new CapturedMap([[a, -0]]) } };
      export const later = async () => { await null; return [undefined, 7n] };
      export const boom = () => { throw new TypeError("honest") };
      export const log = () => { console.log("line", { a: [1] }) };
      const CapturedMap = (() => {
        const map = () => new Map();
        const m = map();
        return function (entries) { m.set(entries[0][0], entries[0][1]); return m };
      })();
      await (async () => {})();
      const set = Map.prototype.set;
    `);
    expect(valueOf(isolate.call("later", []))).toStrictEqual([undefined, 7n]);
    expect(valueOf(isolate.call("list", []))).toStrictEqual({
      a: [3, 1.5, "x"],
      map: new Map([[[3, 1.5, "x"], -0]]),
    });
  });

  test("with every method still gets honest answers and failures", async () => {
    const isolate = await isolateOf(`
      export const list = () => ({ a: [3, 1.5, "x\\n"], $: [true, null], big: 7n, u: undefined });
      export const later = async () => { await null; return [undefined, 7n] };
      export const boom = () => { null.x };
      const pending = new Promise(() => {}); export const never = () => pending;
      export const f = () => [1, [() => 1]];
      const log = console.log;
      export const print = () => { log("line", { a: [1, "x"] }); };
      ${TAMPER}
    `);
    const honest = { a: [3, 1.5, "x\n"], $: [true, null], big: 7n, u: undefined };
    expect(valueOf(isolate.call("list", []))).toStrictEqual(honest);
    expect(valueOf(isolate.call("later", []))).toStrictEqual([undefined, 7n]);
    expect(failureOf(isolate.call("boom", []))).toMatchObject({
      kind: "exception",
      message: "TypeError: cannot read property 'x' of null",
    });
    expect(failureOf(isolate.call("never", [])).message).toMatch(/never settled/);
    expect(failureOf(isolate.call("f", [])).message).toMatch(/\$\[1\]\[0\]: it is a function/);
    expect(isolate.call("print", []).output).toStrictEqual([
      { level: "log", text: 'line {a: [1, "x"]}' },
    ]);
  });

  test("with JSON and Array.prototype cannot make a wrong answer look right", async () => {
    const isolate = await isolateOf(`
      export const solve = () => {
        JSON.stringify = () => "[1,2,3]";
        Array.prototype.toJSON = () => [1, 2, 3];
        Array.prototype.join = () => "1,2,3";
        Array.prototype[Symbol.iterator] = function* () { yield* [] };
        Object.prototype.toJSON = () => [1, 2, 3];
        String.prototype.concat = () => "[1,2,3]";
        return [9];
      };
    `);
    expect(valueOf(isolate.call("solve", []))).toStrictEqual([9]);
  });

  test("leaves nothing behind for the next call", async () => {
    const isolate = await isolateOf(`
      let calls = 0;
      const kept = { list: [], map: new Map() };
      const weak = new WeakMap();
      class Memory { static seen = 0; #own = 0; bump() { return ++this.#own + ++Memory.seen } }
      const memory = new Memory();
      const generator = (function* () { let n = 0; for (;;) yield n++ })();
      const pattern = /x/g;
      export const state = (x) => {
        calls++; kept.list.push(x); kept.map.set(x, x); globalThis.leak = (globalThis.leak ?? 0) + 1;
        weak.set(kept, (weak.get(kept) ?? 0) + 1);
        pattern.test("xx");
        const before = [Array.prototype.map.name, typeof Math.max, Object.prototype.marked];
        Array.prototype.map = function stolen() { return [] };
        Math.max = undefined;
        Object.prototype.marked = true;
        return [calls, kept.list.length, kept.map.size, globalThis.leak, weak.get(kept), memory.bump(),
          generator.next().value, pattern.lastIndex, before, Math.random(), Date.now()];
      };
    `);
    const first = valueOf(isolate.call("state", [1])) as unknown[];
    const hash = hashMemory(isolate);
    expect(first.slice(0, 9)).toStrictEqual([1, 1, 1, 1, 1, 2, 0, 1, [
      "map",
      "function",
      undefined,
    ]]);
    for (let call = 0; call < 3; call++) {
      expect(valueOf(isolate.call("state", [1]))).toStrictEqual(first);
      expect(hashMemory(isolate)).toBe(hash);
    }
  });
});

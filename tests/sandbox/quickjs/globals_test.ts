import { expect, test } from "vitest";
import { GLOBALS } from "./globals.ts";
import { isolateOf, valueOf } from "./support.ts";

test("user code sees exactly the globals that are listed", async () => {
  const isolate = await isolateOf(
    "export const names = () => Reflect.ownKeys(globalThis).map(String).sort();",
  );
  expect(valueOf(isolate.call("names", []))).toStrictEqual(GLOBALS);
});

test("nothing of the prelude, the host or other modules can be reached by name", async () => {
  const isolate = await isolateOf(`
    const names = ["start", "invoke", "settle", "adopt", "module", "exports", "require", "process",
      "Deno", "Bun", "WebAssembly", "fetch", "setTimeout", "print", "std", "os", "scriptArgs"];
    export const found = () => names.filter((name) => {
      try { return (0, eval)("typeof " + name) !== "undefined" } catch { return true }
    });
    export const load = (name) => import(name);
    export const viaFunction = () => Function("return typeof invoke + typeof start")();
    export const self = () => [typeof this, (function () { return this })() === undefined];
  `);
  expect(valueOf(isolate.call("found", []))).toStrictEqual([]);
  expect(valueOf(isolate.call("viaFunction", []))).toBe("undefinedundefined");
  expect(valueOf(isolate.call("self", []))).toStrictEqual(["undefined", true]);
  for (const name of ["cupel:prelude", "std", "os", "bjson", "qjs:std", "node:fs", "./x.js"]) {
    expect(isolate.call("load", [name])).toMatchObject({
      ok: false,
      failure: { kind: "exception" },
    });
  }
});

test("stack traces do not hand out the prelude's functions", async () => {
  const isolate = await isolateOf(`
    export const hook = () => {
      let seen = 0;
      Error.prepareStackTrace = () => { seen++; return "hooked" };
      const text = new Error("x").stack;
      return [seen, text === "hooked"];
    };
    export const callers = () => {
      const refused = (read) => { try { return read() == null } catch { return true } };
      function f() { return [refused(() => f.caller), refused(() => f.arguments), refused(() => arguments.callee)] }
      return f();
    };
  `);
  expect(valueOf(isolate.call("hook", []))).toStrictEqual([0, false]);
  expect(valueOf(isolate.call("callers", []))).toStrictEqual([true, true, true]);
});

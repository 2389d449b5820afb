import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { loadQuickJs, prepareQuickJs } from "../../../sandbox/quickjs/engine.ts";
import { loadQuickJsIsolate } from "../../../sandbox/quickjs/isolate.ts";
import { readEngine } from "../../../sandbox/quickjs/wasm_file.ts";
import { isolateOf, memoryOf, valueOf } from "./support.ts";

test("only the build that is described can be used", async () => {
  const bytes = await readEngine();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => prepareQuickJs(bytes)).toThrow(
    /its SHA-256 must be b56fe509[0-9a-f]+: current value is/,
  );
});

test("the engine is prepared once a process and can be posted to a worker", async () => {
  const guest = await loadQuickJs();
  expect(await loadQuickJs()).toBe(guest);
  const artifact = {
    kind: "javascript" as const,
    code: "export const f = () => 'here'",
    sha256: "",
    name: "user.js",
  };
  const loaded = loadQuickJsIsolate(structuredClone(guest), artifact, DEFAULT_LIMITS);
  expect(loaded.ok && loaded.isolate.call("f", [])).toMatchObject({ ok: true, value: "here" });
});

test("a call whose memory has to grow gives the right answer, and so do the next ones", async () => {
  const isolate = await isolateOf(
    `let calls = 0;
     export const grow = (mib) => { calls++; const a = new Uint8Array(mib * 2 ** 20).fill(7); return [calls, a.at(-1)] };`,
    { memoryBytes: 256 * 2 ** 20 },
  );
  const atFirst = memoryOf(isolate).buffer.byteLength;
  expect(valueOf(isolate.call("grow", [90]))).toStrictEqual([1, 7]);
  expect(memoryOf(isolate).buffer.byteLength).toBeGreaterThan(atFirst);
  expect(valueOf(isolate.call("grow", [1]))).toStrictEqual([1, 7]);
  expect(memoryOf(isolate).buffer.byteLength).toBe(atFirst);
  const usage = [0, 1].map(() => isolate.call("grow", [90]).usage);
  expect(usage[0]?.fuel).toBe(usage[1]?.fuel);
  expect(usage[0]?.memoryBytes).toBe(usage[1]?.memoryBytes);
});

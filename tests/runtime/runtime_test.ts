import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { runtime, type WorkerHandle } from "../../src/runtime/mod.ts";
import { typeScriptFlags } from "../../src/runtime/node.ts";
import { finish, firstOutput, start } from "./process.ts";
import type { Request } from "./programs/worker.ts";

const FACTS = new URL("./programs/facts.ts", import.meta.url);
const LARGE_OUTPUT = new URL("./programs/large_output.ts", import.meta.url);
const INTERRUPTED = new URL("./programs/interrupted.ts", import.meta.url);
const WORKER = new URL("./programs/worker.ts", import.meta.url);

/** (module (func (export "f"))) */
const MODULE = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0, 10, 4, 1, 2, 0, 0x0b],
]);

const open: WorkerHandle[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((worker) => worker.terminate()));
});

function worker(): WorkerHandle {
  const made = runtime.spawnWorker(WORKER);
  open.push(made);
  return made;
}

function ask(handle: WorkerHandle, request: Request): Promise<unknown> {
  return new Promise((resolve, reject) => {
    handle.onMessage(resolve);
    handle.onError(reject);
    handle.postMessage(request);
  });
}

describe("a process", () => {
  test("gets its arguments, writes all it has to say, and ends with its code", async () => {
    const { code, stdout, stderr } = await finish(start(FACTS, ["a b", "--json", "é"]));
    expect(code).toBe(3);
    expect(stdout.split("\n")).toHaveLength(1001);
    const facts = JSON.parse(stderr);
    expect(facts).toMatchObject({ args: ["a b", "--json", "é"], isTerminal: false, columns: 80 });
    expect(facts.cores).toBeGreaterThan(0);
  });

  test("takes no harm from a reader that goes away", async () => {
    const child = start(FACTS);
    child.stdout?.destroy();
    const { code, stderr } = await finish(child);
    expect(stderr).not.toContain("EPIPE");
    expect(code).toBe(3);
  });

  test.each(["stdout", "stderr"] as const)(
    "ends though the reader of its %s goes away in the middle",
    async (name) => {
      const child = start(LARGE_OUTPUT, [name]);
      child[name]?.once("data", () => child[name]?.destroy());
      const code = await new Promise((resolve) => child.on("exit", resolve));
      expect(code).toBe(3);
    },
  );

  test.each([["SIGINT", 130], ["SIGTERM", 143]] as const)("is told of %s", async (signal, code) => {
    const child = start(INTERRUPTED);
    const finished = finish(child);
    await firstOutput(child);
    // Deno's child.kill makes the child look as if it had not ended by itself.
    if (child.pid !== undefined) process.kill(child.pid, signal);
    expect(await finished).toMatchObject({ code, stdout: `working\nstopped by ${signal}\n` });
  });
});

test("a program of the project is started by its command", async () => {
  const [program = "", ...args] = runtime.commandOf(FACTS);
  const child = spawn(program, [...args, "--a", "b c"], { stdio: ["ignore", "pipe", "pipe"] });
  const { code, stderr } = await finish(child);
  expect(code).toBe(3);
  expect(JSON.parse(stderr)).toMatchObject({ args: ["--a", "b c"] });
});

test("there is WebGPU with an adapter or there is not", async () => {
  expect(await runtime.hasWebGpu()).toBeTypeOf("boolean");
  if (runtime.name !== "deno") expect(await runtime.hasWebGpu()).toBe(false);
});

describe("a worker", () => {
  test("can be posted compiled modules and shared memory", async () => {
    const handle = worker();
    expect(await ask(handle, { module: new WebAssembly.Module(MODULE) })).toEqual(["f"]);
    const shared = new SharedArrayBuffer(4);
    expect(await ask(handle, { shared })).toBe(0);
    expect(new Int32Array(shared)[0]).toBe(5);
  });

  test("has no environment, and on Deno no permission", async () => {
    const handle = worker();
    const path = fileURLToPath(import.meta.url);
    const refused = runtime.name === "deno" ? "NotCapable" : undefined;
    expect(await ask(handle, { environment: true })).toBe(refused ?? 0);
    const read = await ask(handle, { read: path });
    if (refused === undefined) expect(read).toBeGreaterThan(0);
    else expect(read).toBe(refused);
  });

  test("that fails says so to its parent, which goes on", async () => {
    const failing = worker();
    await expect(ask(failing, { fail: "no such luck" })).rejects.toThrow("no such luck");
    expect(await ask(worker(), { module: new WebAssembly.Module(MODULE) })).toEqual(["f"]);
  });

  test("that was ended says nothing more", async () => {
    const handle = worker();
    await ask(handle, { shared: new SharedArrayBuffer(4) });
    const heard: unknown[] = [];
    handle.onMessage((message) => heard.push(message));
    handle.postMessage({ shared: new SharedArrayBuffer(4) });
    await handle.terminate();
    const heardBefore = heard.length;
    await ask(worker(), { shared: new SharedArrayBuffer(4) });
    expect(heard).toHaveLength(heardBefore);
  });
});

test.each([
  ["22.12.0", 2],
  ["22.17.9", 2],
  ["22.18.0", 0],
  ["23.5.0", 2],
  ["23.6.0", 0],
  ["24.0.0", 0],
  ["26.1.2", 0],
])("Node %s is made to run TypeScript", (version, flags) => {
  expect(typeScriptFlags(version)).toHaveLength(flags);
});

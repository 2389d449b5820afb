import { readFileSync } from "node:fs";
import { wasmArtifact } from "../sandbox/bundle/wasm_file.ts";
import { DEFAULT_LIMITS, isolateLoader } from "../sandbox/mod.ts";
import type { Bench } from "./frame/bench.ts";
import { microsecondsPerCall } from "./frame/timing.ts";
import { CASE, checkAnswer } from "./peers/case.ts";
import { cupelIsolate } from "./peers/cupel.ts";

const FOLDER = new URL("../examples/components/", import.meta.url);

/** Microseconds a call of a compiled candidate, each in a fresh state. */
async function compiled(file: string): Promise<number> {
  const bytes = new Uint8Array(readFileSync(new URL(file, FOLDER)));
  const artifact = wasmArtifact(bytes, file);
  const loaded = (await isolateLoader({}, [artifact]))(artifact, DEFAULT_LIMITS);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const call = () => loaded.isolate.call(CASE.entry, CASE.args);
  const outcome = call();
  checkAnswer(outcome.ok ? JSON.stringify(outcome.value) : outcome.failure.message);
  return microsecondsPerCall(call, { warmUp: 5000, batches: 40, calls: 1000 });
}

const LANGUAGES = {
  "component in C": "top-k-c.wasm",
  "component in Rust": "top-k-rust.wasm",
  "component in AssemblyScript": "top-k-assemblyscript.wasm",
  "WASI command in C": "top-k-wasi.wasm",
} as const;

/** What a fresh guest for every call costs, by language. */
const bench: Bench = {
  title: "A fresh guest for every call, by language: sort six numbers, return three",
  unit: "µs a call",
  reference: "JavaScript, Deno",
  variants: {
    "JavaScript, Deno": { measure: () => cupelIsolate({ stateful: false }) },
    ...Object.fromEntries(
      Object.entries(LANGUAGES).flatMap(([language, file]) =>
        (["deno", "node", "bun"] as const).map((runtime) => [
          `${language}, ${runtime[0]?.toUpperCase()}${runtime.slice(1)}`,
          { runtime, measure: () => compiled(file) },
        ])
      ),
    ),
  },
};

export default bench;

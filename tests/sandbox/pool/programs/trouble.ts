/** A worker program that makes every kind of trouble on demand. */
import process from "node:process";
import type { Outcome } from "../../../../sandbox/outcome.ts";
import { serveJobs } from "../../../../sandbox/pool/serve_jobs.ts";

/** What one call does. */
export type Act = "answer" | "hang" | "hang-in-wasm" | "throw" | "exit" | "reject";

/** What the worker does while it starts, and what its log is. */
export interface Init {
  /** Counts the executions of each call, by case: shared with the test. */
  executions?: SharedArrayBuffer;
  start?: Act | "throw-loading" | "throw-outside" | "exit-outside";
}

/** Cases `from` to `to`; what a case's calls do is said by `acts`, else they answer. */
export interface Job {
  from: number;
  to: number;
  acts: Record<number, Act[]>;
  /** Cases after whose calls our own code throws. */
  throwAfter?: number[];
}

/** What comes of a case: for each call its answer, or the kind of its failure. */
export interface Item {
  index: number;
  results: string[];
}

const LOOP_FOR_EVER = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic and version
  ...[1, 4, 1, 0x60, 0, 0], // type 0: () -> ()
  ...[3, 2, 1, 0], // function 0 has type 0
  ...[7, 5, 1, 1, 0x66, 0, 0], // export it as f
  ...[10, 9, 1, 7, 0, 0x03, 0x40, 0x0c, 0, 0x0b, 0x0b], // loop br 0 end
]);

/** Long enough for every deadline of the tests; short enough that no thread outlives them by much. */
const HANG_MS = 3000;

function value(result: string): Outcome {
  const usage = { fuel: 1, memoryBytes: 0, wallMs: 0 };
  return { ok: true, value: result, usage, output: [] };
}

function act(what: Act, answer: string): Outcome {
  const start = performance.now();
  switch (what) {
    case "hang":
      while (performance.now() - start < HANG_MS);
      return value("came back");
    case "hang-in-wasm": {
      const { f } = new WebAssembly.Instance(new WebAssembly.Module(LOOP_FOR_EVER)).exports;
      if (typeof f === "function") f();
      return value("came back");
    }
    case "throw":
      throw new Error("the host's own code failed");
    case "exit":
      process.exit(7);
      return value("exited");
    case "reject":
      Promise.reject(new Error("nobody caught this"));
      return value(answer);
    default:
      return value(answer);
  }
}

function show(outcome: Outcome): string {
  return outcome.ok ? String(outcome.value) : outcome.failure.kind;
}

serveJobs<Init, Job, Item>((init, { guard, observe }) => {
  const counts = init.executions === undefined ? undefined : new Int32Array(init.executions);
  if (init.start === "throw-outside") throw new Error("cannot prepare");
  if (init.start === "exit-outside") process.exit(7);
  const load = (): Outcome => {
    if (init.start !== "throw-loading") return act(init.start as Act ?? "answer", "loaded");
    observe("one").starting();
    return act("throw", "");
  };
  const loaded = show(guard(load));
  return Promise.resolve((job, context) => {
    for (let index = job.from; index < job.to; index++) {
      const acts = job.acts[index] ?? ["answer"];
      const results = acts.map((what, ordinal) =>
        show(context.guard(() => {
          if (counts !== undefined) Atomics.add(counts, index, 1);
          return act(what, `${index}.${ordinal}`);
        }))
      );
      if (job.throwAfter?.includes(index)) throw new Error(`judging case ${index} failed`);
      context.emit({ index, results: loaded === "loaded" ? results : [loaded, ...results] });
    }
  });
});

/**
 * Runs user code that never ends in real isolates, in every way that a thread can be given up, and says
 * what came of it and how busy the process is afterwards. Ends by itself: no thread may keep it.
 */
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { bundle } from "../../../../sandbox/bundle/bundle.ts";
import { DEFAULT_LIMITS } from "../../../../sandbox/limits.ts";
import type { CallInit, CallItem, CallJob } from "../../../../sandbox/pool/once.ts";
import { WorkerPool } from "../../../../sandbox/pool/worker_pool.ts";
import { loadQuickJs } from "../../../../sandbox/quickjs/engine.ts";
import { loadQuickJsIsolate } from "../../../../sandbox/quickjs/isolate.ts";
import { stdout } from "../../../../src/runtime/host.ts";

/**
 * The metered time of minutes: only the clock ends what has it. The deadline is long enough for the answers
 * in between, of milliseconds, on a machine that has little time for them.
 */
const limits = { ...DEFAULT_LIMITS, fuel: 1e12, deadlineMs: 2000, memoryBytes: 2 ** 30 };

const SOURCE = `
export const answer = () => 42;
export const loop = () => { for (;;); };
export const catching = () => { for (;;) try { for (;;); } catch {} finally { for (;;); } };
export const promises = async () => { for (;;) await null; };
export const expression = () => /^(a+)+$/.test("a".repeat(60) + "b");
export const native = () => [].indexOf.call({ length: 2 ** 53 - 1 }, 1);
export const json = () => {
  let shared = [];
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  return JSON.stringify(shared).length;
};
export const sort = () => Array.from({ length: 100 }, (_, i) => -i).sort(() => { for (;;); });
export const grow = () => new Uint8Array(2 ** 26).length;
`;

const opened: WorkerPool<CallInit, CallJob, CallItem>[] = [];

async function open(source: string) {
  const artifact = await bundle({ stdin: source, resolveDir: ".", name: "endless.js" });
  const program = new URL("../../../../sandbox/pool/call_worker.ts", import.meta.url);
  const init = { engines: { quickJs: await loadQuickJs() }, artifact, limits };
  const { deadlineMs } = limits;
  const pool = new WorkerPool<CallInit, CallJob, CallItem>({ program, size: 1, init, deadlineMs });
  opened.push(pool);
  return pool;
}

async function call(pool: typeof opened[0], name: string, signal?: AbortSignal): Promise<string> {
  const outcomes: string[] = [];
  const job: CallJob = { name, args: [], seed: [1, 2, 3, 4] };
  await pool.run(job, {
    onItem: (item) => outcomes.push(endingOf(item)),
    resume: (delivered) => delivered === 0 ? job : null,
    ...(signal === undefined ? {} : { signal }),
  });
  return outcomes.join();
}

function endingOf(item: CallItem): string {
  if ("refused" in item) return item.refused;
  const { outcome } = item;
  return String(outcome.ok ? outcome.value : outcome.failure.kind);
}

/** The share of one core, in percent, that the process takes for a while. */
async function busyPercent(): Promise<number> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await sleep(200);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 10 / (performance.now() - start);
}

/**
 * Whether the process is busy at any time. A thread that was left at work is, for minutes; what a runtime
 * has still to compile or collect, on however slow a machine, comes to an end before.
 */
async function staysBusy(): Promise<boolean> {
  for (let stretch = 0; stretch < 100; stretch++) {
    if (await busyPercent() < 10) return false;
  }
  return true;
}

// Runtimes compile the engine when it is first used: on a busy machine that takes longer than the deadline.
const artifact = await bundle({ stdin: SOURCE, resolveDir: ".", name: "endless.js" });
const first = loadQuickJsIsolate(await loadQuickJs(), artifact, limits);
if (first.ok) first.isolate.call("answer", []);

const pool = await open(SOURCE);
for (const name of ["loop", "catching", "promises", "expression", "native", "json", "sort"]) {
  stdout.write(`${name}: ${await call(pool, name)}, then ${await call(pool, "answer")}\n`);
}
// An instance whose memory has grown is replaced in the next call, while the thread is busy.
const grown = await call(pool, "grow");
stdout.write(`grown by ${grown}: ${await call(pool, "loop")}, ${await call(pool, "answer")}\n`);
stdout.write(`top level: ${await call(await open("for (;;);\nexport {};"), "answer")}\n`);

const stopped = await open(SOURCE);
await call(stopped, "answer");
const reason = await call(stopped, "loop", AbortSignal.timeout(50)).catch((error) => error.name);
stdout.write(`aborted: ${reason}, then ${await call(stopped, "answer")}\n`);

const closed = await open(SOURCE);
await call(closed, "answer");
const running = call(closed, "loop").catch((error) => error.code);
await sleep(50);
await closed.close();
stdout.write(`closed: ${await running}\n`);

stdout.write(`busy: ${await staysBusy() ? "yes" : "no"}\n`);
await Promise.all(opened.map((pool) => pool.close()));
stdout.write("end\n");

/** Ends while one of its workers cannot be interrupted. */
import { WorkerPool } from "../../../../sandbox/pool/worker_pool.ts";
import { exit, stdout } from "../../../../src/runtime/host.ts";
import type { Act, Init, Item, Job } from "./trouble.ts";

const program = new URL("./trouble.ts", import.meta.url);
const pool = new WorkerPool<Init, Job, Item>({ program, size: 2, init: {}, deadlineMs: 150 });

async function run(to: number, acts: Record<number, Act[]>): Promise<void> {
  await pool.run({ from: 0, to, acts }, {
    onItem: (item) => stdout.write(`${item.index} ${item.results.join()}\n`),
    resume: (delivered) => delivered < to ? { from: delivered, to, acts } : null,
  });
}

await run(3, { 1: ["hang-in-wasm"] });
await run(2, { 0: ["exit"] });
await pool.close();
await exit(4);

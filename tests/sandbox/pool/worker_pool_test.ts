import { afterEach, describe, expect, test } from "vitest";
import { SandboxError } from "../../../sandbox/errors.ts";
import { WorkerPool } from "../../../sandbox/pool/worker_pool.ts";
import type { Act, Init, Item, Job } from "./programs/trouble.ts";

const TROUBLE = new URL("./programs/trouble.ts", import.meta.url);
const DEADLINE_MS = 150;
/** Never reached, for calls that are to be ended otherwise. */
const NO_DEADLINE_MS = 60_000;

const open: WorkerPool<Init, Job, Item>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function pool(options: { size?: number; init?: Init; program?: URL; deadlineMs?: number } = {}) {
  const { size = 1, init = {}, program = TROUBLE, deadlineMs = DEADLINE_MS } = options;
  const made = new WorkerPool<Init, Job, Item>({ program, size, init, deadlineMs });
  open.push(made);
  return made;
}

/** Runs cases `0..n` as one job and gives what was delivered, in the order it came. */
async function run(
  on: WorkerPool<Init, Job, Item>,
  n: number,
  acts: Record<number, Act[]> = {},
  signal?: AbortSignal,
): Promise<Item[]> {
  const items: Item[] = [];
  await on.run({ from: 0, to: n, acts }, {
    onItem: (item) => items.push(item),
    resume: (delivered) => delivered < n ? { from: delivered, to: n, acts } : null,
    ...(signal === undefined ? {} : { signal }),
  });
  return items;
}

/** What `run` gives where only the listed cases differ from their plain answer. */
function expected(n: number, others: Record<number, string[]> = {}): Item[] {
  return Array.from(
    { length: n },
    (_, index) => ({ index, results: others[index] ?? [`${index}.0`] }),
  );
}

describe("a worker pool", () => {
  test("delivers every item of a job once and in order", async () => {
    expect(await run(pool(), 5000)).toEqual(expected(5000));
  });

  test("does more jobs than it has workers, and uses a worker again", async () => {
    const two = pool({ size: 2 });
    const results = await Promise.all([300, 1, 7, 50, 20].map((n) => run(two, n)));
    expect(results.map((items) => items.length)).toEqual([300, 1, 7, 50, 20]);
    expect(await run(two, 3)).toEqual(expected(3));
  });

  test("gives the same results whatever the number of workers", async () => {
    const acts: Record<number, Act[]> = { 3: ["answer", "throw"], 6: ["hang", "answer"] };
    const one = await run(pool(), 10, acts);
    const three = pool({ size: 3 });
    const [first, second] = await Promise.all([run(three, 10, acts), run(three, 10, acts)]);
    expect(first).toEqual(one);
    expect(second).toEqual(one);
  });

  test("ends a call that runs past its deadline, and loses and repeats no item", async () => {
    const acts: Record<number, Act[]> = {
      0: ["hang"],
      40: ["answer", "hang", "answer"],
      41: ["hang", "hang"],
    };
    expect(await run(pool(), 60, acts)).toEqual(expected(60, {
      0: ["deadline"],
      40: ["40.0", "deadline", "40.2"],
      41: ["deadline", "deadline"],
    }));
  });

  test("does not make a call again that ran past its deadline", async () => {
    const executions = new SharedArrayBuffer(4 * 20);
    await run(pool({ init: { executions } }), 20, { 7: ["hang"] });
    expect(new Int32Array(executions)[7]).toBe(1);
  });

  test("tries a call again during which a worker died, and then calls it a crash", async () => {
    const executions = new SharedArrayBuffer(4 * 20);
    const items = await run(pool({ init: { executions } }), 20, { 7: ["answer", "throw"] });
    expect(items).toEqual(expected(20, { 7: ["7.0", "crash"] }));
    // Two attempts and the run that knows the answer, each with the first call.
    expect(new Int32Array(executions)[7]).toBe(5);
  });

  test("outlives an error that nobody caught in a worker", async () => {
    // The rejection is reported after the job's synchronous work; whatever it hits, nothing is lost.
    const one = pool();
    expect(await run(one, 20, { 19: ["reject"] })).toEqual(expected(20));
    expect(await run(one, 5)).toEqual(expected(5));
  });

  test("gives up on a job whose own code fails twice at the same place", async () => {
    const items: Item[] = [];
    const job = { from: 0, to: 9, acts: {}, throwAfter: [4] };
    const running = pool().run(job, {
      onItem: (item) => items.push(item),
      resume: (delivered) => ({ ...job, from: delivered }),
    });
    await expect(running).rejects.toThrow(
      new SandboxError("worker", "A worker died twice at the same place: judging case 4 failed"),
    );
    expect(items.length).toBeLessThanOrEqual(4);
  });

  test("passes on an error of who takes the items, and stays usable", async () => {
    const one = pool();
    const running = one.run({ from: 0, to: 100, acts: {} }, {
      onItem: (item) => {
        if (item.index === 3) throw new Error("disk full");
      },
      resume: () => null,
    });
    await expect(running).rejects.toThrow("disk full");
    expect(await run(one, 5)).toEqual(expected(5));
  });

  test("refuses a size or deadline that makes no sense", () => {
    expect(() => pool({ size: 0 })).toThrow(
      "Cannot make a worker pool as size must be a positive integer: current value is 0",
    );
    expect(() => pool({ deadlineMs: Number.NaN })).toThrow("deadlineMs must be a positive integer");
  });
});

describe("a worker that cannot start", () => {
  test("gives one clear error to every job, also later", async () => {
    const broken = pool({ size: 2, init: { start: "throw-outside" } });
    const results = await Promise.allSettled([run(broken, 3), run(broken, 3), run(broken, 3)]);
    for (const result of results) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { code: "worker", message: "Cannot start a worker: cannot prepare" },
      });
    }
    await expect(run(broken, 3)).rejects.toThrow("Cannot start a worker: cannot prepare");
  });

  test("because its program is missing gives an error as well", async () => {
    const program = new URL("./programs/nope.ts", import.meta.url);
    await expect(run(pool({ program }), 3)).rejects.toThrow("Cannot start a worker: ");
  });

  test("is told of a load that runs past its deadline or crashes, and goes on from there", async () => {
    const items = await run(pool({ init: { start: "hang" } }), 2);
    expect(items[0]?.results).toEqual(["deadline", "0.0"]);
    const crashed = await run(pool({ init: { start: "throw" } }), 2);
    expect(crashed[0]?.results).toEqual(["crash", "0.0"]);
    const unread = await run(pool({ init: { start: "throw-loading" } }), 2);
    expect(unread[0]?.results).toEqual(["crash", "0.0"]);
  });
});

describe("stopping", () => {
  test("rejects a running and a waiting job with the reason, and leaves the pool usable", async () => {
    const one = pool({ deadlineMs: NO_DEADLINE_MS });
    const stop = new AbortController();
    const stopped = Promise.allSettled([
      run(one, 3, { 1: ["hang"] }, stop.signal),
      run(one, 3, {}, stop.signal),
    ]);
    const other = run(one, 4);
    const reason = new Error("Ctrl-C");
    setTimeout(() => stop.abort(reason), 50);
    for (const result of await stopped) expect(result).toEqual({ status: "rejected", reason });
    expect(await other).toEqual(expected(4));
    await expect(run(one, 3, {}, stop.signal)).rejects.toBe(reason);
  });

  test("from within a hook delivers nothing more", async () => {
    const stop = new AbortController();
    const items: Item[] = [];
    const running = pool().run({ from: 0, to: 1000, acts: {} }, {
      onItem: (item) => {
        items.push(item);
        if (item.index === 5) stop.abort(new Error("decided"));
      },
      resume: () => null,
      signal: stop.signal,
    });
    await expect(running).rejects.toThrow("decided");
    expect(items).toEqual(expected(6));
  });

  test("close rejects what is not done, can be called again, and refuses new jobs", async () => {
    const one = pool({ deadlineMs: NO_DEADLINE_MS });
    const results = Promise.allSettled([run(one, 3, { 0: ["hang"] }), run(one, 3)]);
    setTimeout(() => one.close(), 50);
    for (const result of await results) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "closed" } });
    }
    await one.close();
    await expect(run(one, 1)).rejects.toThrow("The worker pool was closed");
  });

  test("a pool that never had a job closes", async () => {
    await pool().close();
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Machine } from "../../../src/cluster/spawner/desired_workers.ts";
import { Spawner } from "../../../src/cluster/spawner/spawner.ts";
import type { ExitReason } from "../../../src/cluster/metrics/spawner_metrics.ts";
import { WorkerPool } from "../../../src/cluster/spawner/worker_pool.ts";
import { runtime } from "../../../src/runtime/mod.ts";
import { Folder } from "../../cli/cupel.ts";

const STAND_IN = new URL("./programs/stand_in.ts", import.meta.url);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something holds; a test's own time limit ends it where it never does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(10);
}

let folder: Folder;
let pool: WorkerPool;
beforeEach(() => {
  folder = new Folder();
});
afterEach(async () => {
  pool.kill();
  await pool.close();
  folder.dispose();
});

/** Numbers of the workers that run and have said so. */
const there = () =>
  readdirSync(folder.path).filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
const pidOf = (number: number) => Number(readFileSync(join(folder.path, `${number}`), "utf8"));

/** A pool of stand-ins, and all that it says. */
function standIns(life: (number: number, starts: number) => string, youngMs = 5000) {
  const heard = {
    exits: [] as ExitReason[],
    counts: [] as string[],
    lines: [] as string[],
    starts: [] as number[],
  };
  pool = new WorkerPool({
    commandOf: (number) => {
      heard.starts.push(performance.now());
      const args = [folder.path, `${number}`, life(number, heard.starts.length)];
      return [...runtime.commandOf(STAND_IN), ...args];
    },
    observe: {
      onExit: (reason) => heard.exits.push(reason),
      onCount: (live, desired) => heard.counts.push(`${live}/${desired}`),
    },
    log: (line) => heard.lines.push(line),
    youngMs,
    times: { firstMs: 100, mostMs: 400, quietMs: 60_000 },
  });
  return heard;
}

describe("a pool", () => {
  test("has as many workers as are wanted, and tells those to stop that are too many", async () => {
    const heard = standIns(() => "stays");
    pool.want(3);
    await until(() => there().length === 3);
    expect(there()).toEqual([1, 2, 3]);
    pool.want(3);
    pool.want(1);
    await until(() => pool.running === 1);
    // The oldest stays.
    expect(there()).toEqual([1]);
    expect(heard.exits).toEqual(["drained", "drained"]);
    await pool.close();
    expect(there()).toEqual([]);
    expect(heard.counts).toEqual(["3/3", "1/1", "0/0"]);
    expect(heard.lines).toEqual([]);
    // It is over.
    pool.want(2);
    expect(pool.running).toBe(0);
  });

  test("replaces what was killed, and says so", async () => {
    const heard = standIns(() => "stays", 0);
    pool.want(2);
    await until(() => there().length === 2);
    const victim = pidOf(2);
    process.kill(victim, "SIGKILL");
    await until(() => heard.exits.length === 1 && there().length === 2 && pidOf(2) !== victim);
    expect(heard.exits).toEqual(["killed"]);
    expect(heard.lines).toEqual([expect.stringMatching(/^worker 2 killed \((SIGKILL|.* 137)\)$/)]);
    expect(heard.starts).toHaveLength(3);
  });

  test.each(
    [["idles", "idle"], ["expires", "uptime"]] as const,
  )("replaces what %s, at once and without a word", async (life, exit) => {
    const heard = standIns((_, starts) => starts === 1 ? life : "stays");
    pool.want(1);
    await until(() => heard.starts.length === 2 && there().length === 1);
    expect(heard.exits).toEqual([exit]);
    expect(heard.lines).toEqual([]);
  });

  test("waits longer and longer where workers die young, and no more when it closes", async () => {
    const heard = standIns(() => "crashes", 60_000);
    pool.want(1);
    await until(() => heard.exits.length >= 5);
    expect(new Set(heard.exits)).toEqual(new Set(["crashed"]));
    expect(heard.lines[0]).toBe("worker 1 crashed (exit code 70): none is started for 0.1 s");
    // Timers may be early by less than a millisecond.
    const pauses = heard.starts.slice(1).map((at, index) => at - (heard.starts[index] ?? 0) + 1);
    for (const [index, least] of [100, 200, 400, 400].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(least);
    }
    await pool.close();
    const { length } = heard.starts;
    await wait(500);
    expect(heard.starts).toHaveLength(length);
  });

  test("waits where workers never come to serve, however long each of them tries", async () => {
    // None that has served is young.
    const heard = standIns(() => "cannot-connect", 0);
    pool.want(1);
    await until(() => heard.exits.length >= 3);
    expect(heard.lines.slice(0, 3)).toEqual(
      ["0.1", "0.2", "0.4"].map((wait) =>
        `worker 1 crashed (exit code 3): none is started for ${wait} s`
      ),
    );
  });

  test("says that a program is not there", async () => {
    const lines: string[] = [];
    pool = new WorkerPool({
      commandOf: () => [join(folder.path, "no-such-program")],
      log: (line) => lines.push(line),
    });
    pool.want(1);
    await until(() => lines.length > 0);
    expect(lines[0]).toMatch(/^worker 1 crashed \(.*(ENOENT|not found|No such file).*\): none is/i);
  });

  test("ends at once those that do not stop when they are told", async () => {
    const heard = standIns(() => "lingers");
    pool.want(1);
    await until(() => there().length === 1);
    const closing = pool.close();
    await wait(100);
    expect(heard.exits).toEqual([]);
    pool.kill();
    await closing;
    expect(heard.exits).toEqual(["killed"]);
  });
});

describe("a spawner", () => {
  const machine: () => Promise<Machine> = () =>
    Promise.resolve({ cores: 4, memoryBytes: 2 ** 40, freeBytes: 2 ** 40 });

  test("follows the work, keeps workers for a while, and lets them finish at its end", async () => {
    standIns(() => "stays");
    const lines: string[] = [];
    let work: number | undefined = 0;
    let looks = 0;
    let now = 0;
    const spawner = new Spawner({
      pending: () => {
        looks++;
        return work === undefined ? Promise.reject(new Error("gone")) : Promise.resolve(work);
      },
      ...{ pool, machine, concurrency: 2, warm: 1, max: 10, lookMs: 10, now: () => now },
      log: (line) => lines.push(line),
    });
    const ended = spawner.run();
    /** One that began after this call is over once a second one begins. */
    const looked = async () => {
      const before = looks;
      await until(() => looks >= before + 2);
    };
    await until(() => there().length === 1);
    work = 1;
    await until(() => there().length === 2);
    // The machine has cores for two.
    work = 100;
    await looked();
    expect(pool.running).toBe(2);
    // What cannot be asked has not changed, however long it takes.
    work = undefined;
    await looked();
    now += 60_000;
    await looked();
    expect(pool.running).toBe(2);
    work = 0;
    await looked();
    now += 9999;
    await looked();
    expect(pool.running).toBe(2);
    now += 1;
    await until(() => pool.running === 1);
    spawner.stop();
    await ended;
    expect(there()).toEqual([]);
    expect(lines).toEqual([
      "0 batches pending: 1 worker wanted",
      "1 batch pending: 2 workers wanted",
      "cannot ask the server what is pending: gone",
      "the server answers again",
      "0 batches pending: 1 worker wanted",
      "stopping: what is held by 1 worker is done first",
    ]);
  });
});

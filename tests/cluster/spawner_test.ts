import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, expect, test } from "vitest";
import { livingNodes } from "../../src/cluster/node_registry.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { cupel, Folder } from "../cli/cupel.ts";
import { clusterDispatcher, openTestCluster, resultsOf, topKRun } from "./support/cluster.ts";
import { RunningCommand } from "./support/commands.ts";
import { ownServer } from "./support/own_server.ts";

const CASES = 120;

let folder: Folder;

const server = ownServer(() => {
  folder = new Folder();
});
afterAll(() => folder?.dispose());

function spawner(prefix: string, ...args: string[]): Promise<RunningCommand> {
  const nats = ["--nats", server.url, "--prefix", prefix, "--ack-wait", "2s", "--caps", "cpu"];
  return RunningCommand.start("spawner", ...nats, ...args);
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Process ids of a spawner's workers; those that have ended and wait to be collected are none. */
function workersOf(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-e", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return stdout.trim().split("\n").map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === pid && !state?.startsWith("Z"))
    .map(([child]) => Number(child));
}

function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout.trim());
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await wait(50);
}

describe("a spawner", () => {
  test("has workers ready, replaces one that is killed, and stops them when it is told", async () => {
    const pool = await spawner(
      "warm",
      "--warm",
      "1",
      "--max",
      "1",
      "--keys",
      join(folder.path, "k"),
    );
    expect(pool.stdout).toMatch(/^spawner keeps workers of cpu at nats:\/\/127\.0\.0\.1:\d+\n$/);
    const cluster = await openTestCluster(server.url, "warm");
    const nodes = async () => (await livingNodes(cluster.nodes)).length;
    await until(async () => await nodes() === 1);
    const [victim = 0, ...others] = workersOf(pool.pid);
    expect(others).toEqual([]);
    expect(victim).toBeGreaterThan(1);
    process.kill(victim, "SIGKILL");
    await until(() => workersOf(pool.pid).some((pid) => pid !== victim));
    // The other has the same key, and so the same name.
    const [successor = 0] = workersOf(pool.pid);
    await until(() => pool.stderr.includes("killed"));
    expect(readdirSync(join(folder.path, "k"))).toEqual(["worker-1.pem"]);

    const { code, stdout, stderr } = await pool.end("SIGTERM");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nspawner stopped: told to \(SIGTERM\)\n$/);
    expect(stderr).toMatch(/^0 batches pending: 1 worker wanted\nworker 1 killed \(/);
    expect(isAlive(successor)).toBe(false);
    await cluster.connection.close();
  });

  test("starts workers for the work that there is, and none for that of others", async () => {
    const run = await topKRun(CASES);
    const local = await resultsOf(run, new LocalDispatcher(1));
    const pool = await spawner("work", "--warm", "0", "--tenants", "ours");
    const strangers = await clusterDispatcher(server.url, "work");
    const giveUp = new AbortController();
    const unheard = strangers.execute(run, { start: 0, end: 1 }, giveUp.signal);
    // Long enough for some looks: a test that would fail is what may pass here, not the other way round.
    await wait(3000);
    expect(workersOf(pool.pid)).toEqual([]);
    giveUp.abort();
    await expect(unheard).rejects.toThrow();
    await strangers.close();

    const ours = await clusterDispatcher(server.url, "work", { tenant: "ours" });
    expect(await resultsOf(run, ours)).toBe(local);
    expect(pool.stderr).toMatch(/^\d+ batch(es)? pending: \d+ workers? wanted\n/);
    const { code, stderr } = await pool.end("SIGINT");
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/crashed|killed|error/);
  });

  test("that is killed leaves no worker that lives for ever", async () => {
    const pool = await spawner("killed", "--warm", "1", "--max", "1", "--idle-exit", "3s");
    await until(() => workersOf(pool.pid).length === 1);
    const [orphan = 0] = workersOf(pool.pid);
    await pool.end("SIGKILL");
    await until(() => !isAlive(orphan));
  });

  test("says what it cannot use", async () => {
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await cupel(["spawner", "--nats", server.url, ...args]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      return stderr;
    };
    expect(await refused("--max", "0")).toMatch(/--max as it must be a whole number from 1 to/);
    expect(await refused("--max", "2", "--warm", "3")).toMatch(/--warm as it must .* from 0 to 2:/);
    expect(await refused("--caps", "cpu", "--only", "gpu")).toMatch(/--only as it must be among/);
    expect(await refused("--caps", "cpu", "--keys", folder.write("file", "")))
      .toMatch(/cannot use --keys as a folder ".*file": /);
  });
});

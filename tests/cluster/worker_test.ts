import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { tenantNames } from "../../src/cluster/names.ts";
import { bundleSources } from "../../src/evaluate/sources.ts";
import { Folder } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { clusterDispatcher, openTestCluster, topKRun } from "./support/cluster.ts";
import { RunningCommand } from "./support/commands.ts";
import { ownServer } from "./support/own_server.ts";

let folder: Folder;

const server = ownServer(() => {
  folder = new Folder();
});
afterAll(() => folder?.dispose());

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function worker(prefix: string, ...args: string[]): Promise<RunningCommand> {
  const nats = ["--nats", server.url, "--prefix", prefix, "--ack-wait", "2s"];
  return RunningCommand.start("worker", ...nats, "--concurrency", "1", ...args);
}

/** What a worker that serves `cpu` prints from its start to its end. */
function lines(reason: string): RegExp {
  const end = reason.replace(/[()]/g, "\\$&");
  return new RegExp(
    `^node ([0-9a-f]{32}) serves cpu at nats://127\\.0\\.0\\.1:\\d+\\nnode \\1 stopped: ${end}\\n$`,
  );
}

describe("a worker says why it ended, with exit code 0", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("%s", async (signal) => {
    const { code, stdout, stderr } = await (await worker("told", "--caps", "cpu")).end(signal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(lines(`told to (${signal})`));
  });

  test.each([
    [["--idle-exit", "0.25"], "idle for 250 ms"],
    [["--max-uptime", "1s"], "up for 1 s"],
  ])("%o", async (args, reason) => {
    const { code, stdout, stderr } = await (await worker("limits", "--caps", "cpu", ...args)).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(lines(reason));
  });

  test("it did one batch, and left those that are not for it", async () => {
    const run = await topKRun(8);
    const dispatcher = await clusterDispatcher(server.url, "once");
    const batches = [{ start: 0, end: 4 }, { start: 4, end: 8 }]
      .map((batch) => dispatcher.execute(run, batch));
    let done = 0;
    for (const batch of batches) void batch.then(() => done++);

    const stranger = ["--caps", "cpu", "--tenants", "others", "--idle-exit", "1s"];
    expect((await (await worker("once", ...stranger)).ended).stdout).toMatch(lines("idle for 1 s"));
    expect(done).toBe(0);
    const choosy = ["--caps", "cpu,gpu", "--only", "gpu", "--idle-exit", "1s"];
    expect((await (await worker("once", ...choosy)).ended).stdout).toMatch(/idle for 1 s\n$/);
    expect(done).toBe(0);

    for (const count of [1, 2]) {
      const { code, stdout } = await (await worker("once", "--caps", "cpu", "--once")).ended;
      expect(code).toBe(0);
      expect(stdout).toMatch(lines("did one batch"));
      // What it published may be on its way still.
      while (done < count) await wait(10);
      expect(done).toBe(count);
    }
    expect((await Promise.all(batches)).map((results) => results.length)).toEqual([4, 4]);
    await dispatcher.close();
  });
});

test("a worker with a key keeps its name", async () => {
  const key = ["--key", join(folder.path, "node.pem"), "--caps", "cpu"];
  const names: (string | undefined)[] = [];
  for (let starts = 0; starts < 2; starts++) {
    const { stdout, code } = await (await worker("key", ...key)).end("SIGTERM");
    expect(code).toBe(0);
    names.push(/^node (\S+)/.exec(stdout)?.[1]);
  }
  expect(names[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(names[1]).toBe(names[0]);
});

test("a second signal ends a worker that has not done what it holds", async () => {
  const sources = await bundleSources({
    task: projectFile("examples/top-k/task.ts"),
    baseline: projectFile("examples/top-k/baseline.ts"),
    candidate: folder.write("endless.ts", "export function topK() { for (;;) {} }"),
  });
  const limits = { ...DEFAULT_LIMITS, fuel: 900_000_000_000, deadlineMs: 600_000 };
  const run = { ...sources, n: 1, seed: 7, limits, repetitions: 1 };
  const dispatcher = await clusterDispatcher(server.url, "second");
  const giveUp = new AbortController();
  const pending = dispatcher.execute(run, { start: 0, end: 1 }, giveUp.signal);
  const node = await worker("second", "--caps", "cpu");
  const cluster = await openTestCluster(server.url, "second");
  const { batchStream } = tenantNames("second", "default");
  const held = async () => {
    const info = await cluster.manager.consumers.info(batchStream, "cpu__normal");
    return info.num_ack_pending;
  };
  while (await held() === 0) await wait(20);
  node.signal("SIGTERM");
  // Two that come at once are one to the system.
  await wait(100);
  const { code, stdout } = await node.end("SIGTERM");
  expect(code).toBe(143);
  expect(stdout).toMatch(/^node [0-9a-f]{32} serves [^\n]*\n$/);
  giveUp.abort();
  await expect(pending).rejects.toThrow();
  await dispatcher.close();
  await cluster.connection.close();
});

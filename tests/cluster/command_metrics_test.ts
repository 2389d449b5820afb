import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Folder } from "../cli/cupel.ts";
import { clusterDispatcher, resultsOf, topKRun } from "./support/cluster.ts";
import { RunningCommand } from "./support/commands.ts";
import { parseExposition, valuesOf } from "./support/exposition.ts";
import { ownServer } from "./support/own_server.ts";

const CASES = 40;

let folder: Folder;

const server = ownServer(() => {
  folder = new Folder();
});
afterAll(() => folder?.dispose());

function start(command: string, prefix: string, ...args: string[]): Promise<RunningCommand> {
  const nats = ["--nats", server.url, "--prefix", prefix, "--ack-wait", "2s", "--caps", "cpu"];
  return RunningCommand.start(command, ...nats, "--metrics-port", "0", ...args);
}

/** What a command serves at the address that it says. */
async function metricsOf({ stderr }: RunningCommand) {
  const [, url = ""] = /^metrics at (http:\S+)$/m.exec(stderr) ?? [];
  return parseExposition(await (await fetch(url)).text());
}

function sum(values: Record<string, number>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

describe("with --metrics-port", () => {
  test("a worker counts what it does, and keeps on its disk what it fetched", async () => {
    const cache = join(folder.path, "artifacts");
    const node = await start("worker", "node", "--concurrency", "1", "--cache", cache);
    await resultsOf(await topKRun(CASES), await clusterDispatcher(server.url, "node"));
    const metrics = await metricsOf(node);
    expect(sum(valuesOf(metrics, "cupel_node_cases_total"))).toBe(CASES);
    expect(sum(valuesOf(metrics, "cupel_node_fuel_spent_total"))).toBeGreaterThan(CASES * 1000);
    expect(await readdir(cache)).toHaveLength(3);
    expect((await node.end("SIGTERM")).code).toBe(0);
  });

  test("a spawner counts its workers, and what waits in the cluster", async () => {
    const pool = await start("spawner", "pool", "--warm", "1", "--max", "1");
    const live = async () =>
      sum(valuesOf(await metricsOf(pool), "cupel_spawner_workers_live")) === 1;
    while (!await live());
    const metrics = await metricsOf(pool);
    expect(metrics.has("cupel_cluster_live_nodes")).toBe(true);
    expect((await pool.end("SIGTERM")).code).toBe(0);
  });
});

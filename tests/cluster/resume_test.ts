import { describe, expect, test } from "vitest";
import { pullBatch } from "../../src/cluster/delivery.ts";
import { consumerOf } from "../../src/cluster/lane.ts";
import { openLane, openTenant } from "../../src/cluster/tenant.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import {
  ACK_WAIT_MS,
  clusterDispatcher,
  CPU_LANE,
  openTestCluster,
  resultsOf,
  startNode,
  topKRun,
} from "./support/cluster.ts";
import { cupel } from "../cli/cupel.ts";
import { ownServer } from "./support/own_server.ts";

const CASES = 600;

let run: RunSpec;
let local: string;

const server = ownServer(async () => {
  run = await topKRun(CASES);
  local = await resultsOf(run, new LocalDispatcher(1));
});

/** Counts the cases that a node executes. */
async function countingNode(prefix: string) {
  const counts = { cases: 0 };
  const node = await startNode(server.url, prefix, ["cpu"], {
    observe: (event) => {
      if (event.kind === "executed") counts.cases += event.cases.length;
    },
  });
  return { counts, node };
}

/** Runs until so many cases are done, and leaves everything as it is then, as a controller that is killed. */
async function runPart(prefix: string, runName: string, cases: number) {
  const dispatcher = await clusterDispatcher(server.url, prefix, { runName });
  await dispatcher.prepare(run);
  let done = 0;
  for await (const _ of evaluate(run, dispatcher)) if (++done === cases) break;
  return dispatcher;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a run whose controller is gone", () => {
  test("goes on under another of the same name: what is done is not done again", async () => {
    const { node, counts } = await countingNode("resume");
    const first = await runPart("resume", "mine", 300);
    const before = counts.cases;
    expect(before).toBeGreaterThanOrEqual(300);
    const told: number[] = [];
    const second = await clusterDispatcher(server.url, "resume", {
      runName: "mine",
      onResumed: (batches) => told.push(batches),
    });
    expect(await resultsOf(run, second)).toBe(local);
    expect(told).toEqual([expect.any(Number)]);
    expect(told[0]).toBeGreaterThan(0);
    // What was being done at that moment is done again.
    expect(counts.cases).toBeLessThan(CASES + 200);
    // The first was not gone after all: it finds out, and takes nothing away.
    const goOn = async () => {
      for (let at = 0; at < CASES; at++) await first.execute(run, { start: at, end: at + 1 });
    };
    await expect(goOn()).rejects.toThrow(/another process has taken it over/);
    await first.close();
    await node.stop();
  });

  test("of another name, or of other files, starts from the beginning", async () => {
    const { node, counts } = await countingNode("renamed");
    const first = await runPart("renamed", "mine", 100);
    counts.cases = 0;
    const told: number[] = [];
    const second = await clusterDispatcher(server.url, "renamed", {
      runName: "yours",
      onResumed: (batches) => told.push(batches),
    });
    expect(await resultsOf(run, second)).toBe(local);
    expect(told).toEqual([]);
    expect(counts.cases).toBeGreaterThanOrEqual(CASES);
    const changed = { ...run, seed: 8 };
    const third = await clusterDispatcher(server.url, "renamed", { runName: "mine" });
    expect(await resultsOf(changed, third)).not.toBe(local);
    await first.close();
    await node.stop();
  });

  test("asks once more for a batch that was given up while it was away, and published again", async () => {
    const earlier = await clusterDispatcher(server.url, "retried", { runName: "retried" });
    earlier.execute(run, { start: 0, end: 4 }).catch(() => {});
    const cluster = await openTestCluster(server.url, "retried");
    const { names } = await openTenant(cluster, "default");
    const pull = () => pullBatch(cluster, names.batchStream, consumerOf(CPU_LANE));
    const taken = await until(() => pull().catch(() => undefined));
    taken.giveBack();
    const choosy = await startNode(server.url, "retried", ["cpu"], { mostDeliveries: 1 });
    await until(async () =>
      (await cluster.manager.streams.info(names.deadStream)).state.messages || undefined
    );
    await choosy.stop();
    const { stdout } = await cupel(
      ["dlq", "retry", "--all", "--nats", server.url, "--prefix", "retried"],
    );
    expect(stdout).toBe("published 1 dead letter again\n");

    const later = await clusterDispatcher(server.url, "retried", { runName: "retried" });
    const node = await startNode(server.url, "retried", ["cpu"]);
    const results = await later.execute(run, { start: 0, end: 4 });
    expect(results.map(({ valid }) => valid)).toEqual([true, true, true, true]);
    await Promise.all([earlier.close(), later.close()]);
    await node.stop();
    await cluster.connection.close();
  });

  test("that is done can be run again at once under the same name", async () => {
    const { node, counts } = await countingNode("again");
    for (let round = 1; round <= 2; round++) {
      const dispatcher = await clusterDispatcher(server.url, "again", { runName: "mine" });
      expect(await resultsOf(run, dispatcher)).toBe(local);
      expect(counts.cases).toBe(CASES * round);
    }
    await node.stop();
  });
});

describe("a batch whose node is gone", () => {
  test("is done by another within twice the time that a silent node has", async () => {
    const cluster = await openTestCluster(server.url, "silent");
    const tenant = await openTenant(cluster, "default");
    await openLane(cluster, tenant, CPU_LANE);
    const dispatcher = await clusterDispatcher(server.url, "silent");
    const pending = dispatcher.execute(run, { start: 0, end: 4 });
    let pulled;
    while (pulled === undefined) {
      pulled = await pullBatch(cluster, tenant.names.batchStream, consumerOf(CPU_LANE));
    }
    const takenAt = performance.now();
    const node = await startNode(server.url, "silent", ["cpu"]);
    await pending;
    expect(performance.now() - takenAt).toBeLessThan(2 * ACK_WAIT_MS);
    await dispatcher.close();
    await node.stop();
    await cluster.connection.close();
  });
});

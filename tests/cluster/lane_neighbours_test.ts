import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import {
  clusterDispatcher,
  CPU_LANE,
  openTestCluster,
  resultsOf,
  startNode,
  topKRun,
} from "./support/cluster.ts";
import { consumerOf } from "../../src/cluster/lane.ts";
import { openTenant } from "../../src/cluster/tenant.ts";
import { ownServer } from "./support/own_server.ts";

// A purge with a filter makes consumers of nats-server 2.9 pass over all that waits in their stream, also where
// it removes nothing: the batches of other runs of the lane would never be delivered.

const CASES = 400;

let run: RunSpec;
let local: string;

const server = ownServer(async () => {
  run = await topKRun(CASES);
  local = await resultsOf(run, new LocalDispatcher(2));
});

/** Messages in the stream of batches. */
async function queued(prefix: string): Promise<number> {
  const cluster = await openTestCluster(server.url, prefix);
  const { names } = await openTenant(cluster, "default");
  const { state } = await cluster.manager.streams.info(names.batchStream);
  await cluster.connection.close();
  return state.messages;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await sleep(5);
}

/** Lets a run begin whose first batches wait behind nothing: nobody executes them yet. */
async function waitingRun(prefix: string) {
  const dispatcher = await clusterDispatcher(server.url, prefix);
  const batches = [0, 1, 2, 3].map((at) =>
    dispatcher.execute(run, { start: 4 * at, end: 4 * at + 4 })
  );
  const all = Promise.all(batches);
  all.catch(() => {});
  await until(async () => await queued(prefix) >= 4);
  return { dispatcher, all };
}

describe("a run of the same lane as another", () => {
  test("is done where the other is cancelled before a node is there", async () => {
    const { dispatcher, all } = await waitingRun("cancelled");
    const other = await clusterDispatcher(server.url, "cancelled");
    const stop = new AbortController();
    const cancelled = [0, 1, 2].map((at) =>
      other.execute({ ...run, seed: 8 }, { start: at, end: at + 1 }, stop.signal)
    );
    const ends = Promise.allSettled(cancelled);
    await until(async () => await queued("cancelled") === 7);
    stop.abort();
    await ends;
    await other.close();
    await until(async () => await queued("cancelled") === 4);
    const node = await startNode(server.url, "cancelled", ["cpu"]);
    expect((await all).flat().map(({ index }) => index))
      .toEqual(Array.from({ length: 16 }, (_, at) => at));
    await dispatcher.close();
    await node.stop();
  });

  test("is done where the other ends by itself in its middle", async () => {
    const node = await startNode(server.url, "ended", ["cpu"]);
    const long = await clusterDispatcher(server.url, "ended");
    let done = 0;
    const results = resultsOf(run, long, (count) => done = count);
    await until(() => done > 0);
    const short = await clusterDispatcher(server.url, "ended");
    await short.execute({ ...run, seed: 8 }, { start: 0, end: 1 });
    await short.close();
    expect(done).toBeLessThan(CASES);
    expect(await results).toBe(local);
    await node.stop();
  });

  test("is done where somebody purges: what is never delivered is published again", async () => {
    const { dispatcher, all } = await waitingRun("purged");
    const cluster = await openTestCluster(server.url, "purged");
    const { names } = await openTenant(cluster, "default");
    const filter = names.batches({ ...CPU_LANE, run: "0".repeat(32) });
    await cluster.manager.streams.purge(names.batchStream, { filter });
    const node = await startNode(server.url, "purged", ["cpu"]);
    expect((await all).flat().map(({ index }) => index))
      .toEqual(Array.from({ length: 16 }, (_, at) => at));
    await dispatcher.close();
    expect(await queued("purged")).toBe(0);
    await node.stop();
    await cluster.connection.close();
  });

  test("is done where the lane's consumer is deleted: it is made again", async () => {
    const { dispatcher, all } = await waitingRun("deleted");
    const cluster = await openTestCluster(server.url, "deleted");
    const { names } = await openTenant(cluster, "default");
    await cluster.manager.consumers.delete(names.batchStream, consumerOf(CPU_LANE));
    const node = await startNode(server.url, "deleted", ["cpu"]);
    expect((await all).flat()).toHaveLength(16);
    await dispatcher.close();
    await node.stop();
    await cluster.connection.close();
  });
});

describe("a lane", () => {
  test("loses what is no batch, however short", async () => {
    const dispatcher = await clusterDispatcher(server.url, "short");
    await dispatcher.prepare(run, AbortSignal.timeout(1)).catch(() => {});
    const cluster = await openTestCluster(server.url, "short");
    const { names } = await openTenant(cluster, "default");
    for (const body of ["", "x"]) {
      await cluster.client.publish(names.batch(CPU_LANE, "a".repeat(16), "b".repeat(16)), body);
    }
    const node = await startNode(server.url, "short", ["cpu"]);
    await until(async () => await queued("short") === 0);
    await node.stop();
    expect(node.lines).toHaveLength(2);
    await dispatcher.close();
    await cluster.connection.close();
  });
});

test("a job that no message of the server can hold is refused, and the others are done", async () => {
  const dispatcher = await clusterDispatcher(server.url, "large");
  const node = await startNode(server.url, "large", ["cpu"]);
  const name = "x".repeat(2_000_000);
  const violation = { kind: "property" as const, name };
  const request = {
    index: 0,
    size: 1,
    arm: "candidate" as const,
    violation,
    isRegression: false,
    tries: 1,
    fuel: 1,
  };
  await expect(dispatcher.shrink(run, request)).rejects.toThrow(
    /^Cannot publish a job of the run as it takes \d+ bytes, and the NATS server takes 1048576/,
  );
  // A long one that fits is understood.
  const long = { ...request, violation: { ...violation, name: "x".repeat(20_000) } };
  expect(await dispatcher.shrink(run, long)).toMatchObject({ index: 0, path: [] });
  await dispatcher.close();
  await node.stop();
});

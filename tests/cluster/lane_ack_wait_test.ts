import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { ClusterDispatcher } from "../../src/cluster/cluster_dispatcher.ts";
import type { NodeEvent } from "../../src/cluster/events.ts";
import { pullBatch } from "../../src/cluster/delivery.ts";
import { consumerOf } from "../../src/cluster/lane.ts";
import { ClusterNode } from "../../src/cluster/node.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import { openLane, openTenant } from "../../src/cluster/tenant.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import { bundleSources } from "../../src/evaluate/sources.ts";
import { cupel, Folder } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { CPU_LANE, openTestCluster } from "./support/cluster.ts";
import { NodeProcess } from "./support/nodes.ts";
import { ownServer } from "./support/own_server.ts";

const LANE_MS = 500;

let folder: Folder;
const server = ownServer(() => {
  folder = new Folder();
});
afterAll(() => folder?.dispose());

/** A cluster whose lane was made by who was told half a second. */
async function clusterWithLane(prefix: string): Promise<Topology> {
  const cluster = { ...await openTestCluster(server.url, prefix), ackWaitMs: LANE_MS };
  expect(await openLane(cluster, await openTenant(cluster, "default"), CPU_LANE)).toBe(LANE_MS);
  return cluster;
}

function notice(toldMs: number): string {
  return `the lane default.cpu.normal was made with --ack-wait ${LANE_MS}ms, and this process was ` +
    `told ${toldMs}ms: the lane's counts`;
}

describe("a lane keeps the ack-wait of who made it", () => {
  test("whoever opens it after that", async () => {
    const cluster = await clusterWithLane("kept");
    const tenant = await openTenant(cluster, "default");
    expect(await openLane({ ...cluster, ackWaitMs: 60_000 }, tenant, CPU_LANE)).toBe(LANE_MS);
    const { config } = await cluster.manager.consumers
      .info(tenant.names.batchStream, consumerOf(CPU_LANE));
    expect(config.ack_wait).toBe(LANE_MS * 1_000_000);
    await cluster.connection.close();
  });

  test("and a node that was told more still says in time that it works, and says so once", async () => {
    const cluster = await clusterWithLane("longer");
    const lines: string[] = [];
    const held = Promise.withResolvers<void>();
    const observe = (event: NodeEvent) => {
      if (event.kind === "delivered") held.resolve();
    };
    const connection = await openTestCluster(server.url, "longer");
    const node = new ClusterNode({ ...connection, ackWaitMs: 60_000 }, {
      capabilities: ["cpu"],
      only: [],
      weights: new Map(),
      concurrency: 1,
      key: newNodeKey(),
      observe,
      log: (line) => lines.push(line),
    });
    const ended = node.run();
    const sources = await bundleSources({
      task: projectFile("examples/top-k/task.ts"),
      baseline: projectFile("examples/top-k/baseline.ts"),
      candidate: folder.write("endless.ts", "export function topK() { for (;;) {} }"),
    });
    // Some seconds: several times as long as the lane waits.
    const limits = { ...DEFAULT_LIMITS, fuel: 10_000_000_000, deadlineMs: 600_000 };
    const run = { ...sources, n: 1, seed: 7, limits, repetitions: 1 };
    const notices: string[] = [];
    const dispatcher = new ClusterDispatcher({ ...cluster, ackWaitMs: 30_000 }, {
      lane: CPU_LANE,
      mostInFlight: 10,
      onNotice: (line) => notices.push(line),
    });
    let isOver = false;
    const executing = dispatcher.execute(run, { start: 0, end: 1 }).finally(() => isOver = true);
    await held.promise;
    const { batchStream } = (await openTenant(cluster, "default")).names;
    while (!isOver) {
      // Another node that asks gets nothing.
      expect(await pullBatch(cluster, batchStream, consumerOf(CPU_LANE))).toBeUndefined();
      await sleep(50);
    }
    expect((await executing).map(({ index }) => index)).toEqual([0]);
    await dispatcher.close();
    node.drain();
    await ended;
    await connection.connection.close();
    expect(lines).toEqual([notice(60_000)]);
    expect(notices).toEqual([notice(30_000)]);
  });

  test("of which the commands say so", async () => {
    const cluster = await clusterWithLane("said");
    await cluster.connection.close();
    const args = ["--prefix", "said", "--ack-wait", "1h"];
    const node = await NodeProcess.start(server.url, [...args, "--concurrency", "1"]);
    const files = ["task.ts", "--baseline", "baseline.ts", "--candidate", "heap.ts"]
      .map((part) => part.startsWith("--") ? part : projectFile(`examples/top-k/${part}`));
    const nats = ["--nats", server.url, ...args, "-n", "20", "--run", "said"];
    const { code, stderr } = await cupel(["evaluate", ...files, ...nats]);
    expect([code, stderr]).toEqual([0, `${notice(3_600_000)}\n`]);
    expect(await node.stop()).toBe(0);
    expect(node.stderr).toBe(`${notice(3_600_000)}\n`);
  });
});

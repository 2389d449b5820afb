import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { connectTo } from "../../src/cluster/connection.ts";
import { ClusterDispatcher } from "../../src/cluster/cluster_dispatcher.ts";
import { ClusterNode } from "../../src/cluster/node.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import { livingNodes, registerNode } from "../../src/cluster/node_registry.ts";
import { NodeWatch } from "../../src/cluster/node_watch.ts";
import { PendingWork } from "../../src/cluster/spawner/pending_work.ts";
import { openLane, openTenant } from "../../src/cluster/tenant.ts";
import { openTopology, type Topology } from "../../src/cluster/topology.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
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
import { ConfiguredServer, ServerFolder } from "./support/configured_server.ts";
import { ownServer } from "./support/own_server.ts";

let run: RunSpec;
let local: string;

const server = ownServer(async () => {
  run = await topKRun(60);
  local = await resultsOf(run, new LocalDispatcher(1));
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Takes away what all of a cluster share. */
async function deleteShared({ manager, names }: Topology): Promise<void> {
  await manager.streams.delete(`KV_${names.lanes}`);
  await manager.streams.delete(`KV_${names.nodes}`);
}

describe("where what all share is deleted, or lost with the disk,", () => {
  test("a node hears of new lanes, and says again that it lives", async () => {
    const node = await startNode(server.url, "deleted", ["cpu"]);
    const evaluate = async (priority: "normal" | "high") =>
      await resultsOf(run, await clusterDispatcher(server.url, "deleted", { priority }));
    expect(await evaluate("normal")).toBe(local);
    const cluster = await openTestCluster(server.url, "deleted");
    await deleteShared(cluster);
    // It never heard of this lane.
    expect(await evaluate("high")).toBe(local);
    await until(async () => (await livingNodes(cluster.nodes)).length === 1);
    await node.stop();
    await cluster.connection.close();
  });

  test("a node makes it again where nobody else is there, and may", async () => {
    const cluster = await openTestCluster(server.url, "alone");
    const node = await startNode(server.url, "alone", ["cpu"]);
    await until(async () => (await livingNodes(cluster.nodes)).length === 1);
    await deleteShared(cluster);
    const nodes = () => livingNodes(cluster.nodes).catch(() => []);
    await until(async () => (await nodes()).length === 1);
    await node.stop();
    await cluster.connection.close();
  });

  test("a controller tells nodes of its lane once more", async () => {
    const dispatcher = await clusterDispatcher(server.url, "told");
    const results = resultsOf(run, dispatcher);
    const cluster = await openTestCluster(server.url, "told");
    await until(async () => (await cluster.lanes.get("default.cpu.normal")) !== null);
    await deleteShared(cluster);
    const node = await startNode(server.url, "told", ["cpu"]);
    expect(await results).toBe(local);
    // An entry that somebody deleted is one that is missing.
    await cluster.lanes.delete("default.cpu.normal");
    expect(await resultsOf(run, await clusterDispatcher(server.url, "told"))).toBe(local);
    expect((await cluster.lanes.get("default.cpu.normal"))?.operation).toBe("PUT");
    await node.stop();
    await cluster.connection.close();
  });

  test("who watches nodes sees those of the new bucket", async () => {
    const cluster = await openTestCluster(server.url, "watched");
    const watch = await NodeWatch.start(cluster.nodes, 50);
    const entry = { capabilities: ["cpu"], concurrency: 1, only: [] };
    const leave = [
      await registerNode(cluster.nodes, "one", entry),
      await registerNode(cluster.nodes, "two", entry),
    ];
    await until(() => watch.living().length === 2);
    await cluster.nodes.delete("two");
    await until(() => watch.living().length === 1);
    await deleteShared(cluster);
    const again = await openTestCluster(server.url, "watched");
    // Its number in the new stream is one that the old watch had behind it.
    leave.push(await registerNode(again.nodes, "three", entry));
    await until(() => watch.living(new Set(["three"])).length === 1);
    watch.close();
    for (const end of leave) await end();
    await Promise.all([cluster, again].map(({ connection }) => connection.close()));
  });

  test("a spawner counts the work of new lanes", async () => {
    const cluster = await openTestCluster(server.url, "counted");
    const work = await PendingWork.watch(cluster, { capabilities: ["cpu"], only: [] });
    const tenant = await openTenant(cluster, "default");
    await openLane(cluster, tenant, CPU_LANE);
    await deleteShared(cluster);
    const lane = { ...CPU_LANE, priority: "high" } as const;
    const again = await openTestCluster(server.url, "counted");
    await openLane(again, tenant, lane);
    await again.client.publish(tenant.names.batch(lane, "run", "batch"), "{}");
    await until(async () => await work.count() === 1);
    work.close();
    await Promise.all([cluster, again].map(({ connection }) => connection.close()));
  });

  test("a node serves the lanes that it knew, and others", async () => {
    const node = await startNode(server.url, "disk", ["cpu"]);
    const evaluate = async (priority: "normal" | "high") =>
      await resultsOf(run, await clusterDispatcher(server.url, "disk", { priority }));
    expect(await evaluate("normal")).toBe(local);
    await server.loseDisk();
    expect(await evaluate("high")).toBe(local);
    expect(await evaluate("normal")).toBe(local);
    await node.stop();
  });
});

test("a node that may not make what is deleted waits until somebody has", async () => {
  const own = await ServerFolder.of(`
    jetstream { store_dir: "js" }
    authorization {
      users: [
        { user: operator, password: secret }
        {
          user: worker
          password: secret
          permissions { publish { allow: [">"], deny: ["$JS.API.STREAM.CREATE.>"] } }
        }
      ]
    }`);
  await writeFile(own.file("secret"), "secret\n");
  const configured = await ConfiguredServer.start(own);
  const openAs = async (user: string) => {
    const login = { user, passwordFile: own.file("secret") };
    const connection = await connectTo({ servers: [configured.address()], name: "test", ...login });
    return await openTopology(connection, "cupel", ACK_WAIT_MS);
  };
  const operator = await openAs("operator");
  const worker = await openAs("worker");
  const node = new ClusterNode(worker, {
    capabilities: ["cpu"],
    only: [],
    weights: new Map(),
    concurrency: 1,
    key: newNodeKey(),
  });
  const ended = node.run();
  const watch = await NodeWatch.start(operator.nodes);
  await until(() => watch.living().length === 1);
  watch.close();
  await deleteShared(operator);
  // Long enough to look, and to be refused.
  await new Promise((resolve) => setTimeout(resolve, 3 * ACK_WAIT_MS));
  await expect(operator.lanes.status()).rejects.toThrow(/stream not found/);
  const dispatcher = new ClusterDispatcher(await openAs("operator"), {
    lane: CPU_LANE,
    mostInFlight: 100,
  });
  expect(await resultsOf(run, dispatcher)).toBe(local);
  node.drain();
  await ended;
  await Promise.all([operator, worker].map(({ connection }) => connection.close()));
  await configured.close();
});

import { describe, expect, test } from "vitest";
import { pullBatch } from "../../src/cluster/delivery.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { consumerOf } from "../../src/cluster/lane.ts";
import { openLane, openTenant } from "../../src/cluster/tenant.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import {
  clusterDispatcher,
  CPU_LANE,
  openTestCluster,
  resultsOf,
  startNode,
  topKRun,
} from "./support/cluster.ts";
import { cupel } from "../cli/cupel.ts";
import { projectFile } from "../evaluate/runs.ts";
import { NatsServer } from "./support/nats_server.ts";
import { ownServer } from "./support/own_server.ts";
import { NodeProcess } from "./support/nodes.ts";

const CASES = 120;

let run: RunSpec;
let local: string;

const server = ownServer(async () => {
  run = await topKRun(CASES);
  local = await resultsOf(run, new LocalDispatcher(1));
});

describe("a cluster", () => {
  test("gives what the local pool gives, and leaves nothing of the run behind", async () => {
    const node = await startNode(server.url, "same", ["cpu"]);
    expect(await resultsOf(run, await clusterDispatcher(server.url, "same"))).toBe(local);
    const cluster = await openTestCluster(server.url, "same");
    const { names } = await openTenant(cluster, "default");
    const { manager, connection } = cluster;
    for (const stream of [names.batchStream, names.resultStream]) {
      const { state } = await manager.streams.info(stream);
      expect([stream, state.messages]).toEqual([stream, 0]);
    }
    await connection.close();
    await node.stop();
    expect(node.lines).toEqual([]);
  });

  test("loses and doubles nothing when nodes are killed in the middle", async () => {
    const args = ["--prefix", "killed", "--concurrency", "2"];
    const dispatcher = await clusterDispatcher(server.url, "killed");
    const victims = [
      await NodeProcess.start(server.url, args),
      await NodeProcess.start(server.url, args),
    ];
    let survivor: Promise<NodeProcess> | undefined;
    const results = await resultsOf(run, dispatcher, (done) => {
      if (done === 10) void victims[0]?.kill();
      if (done === 40) {
        void victims[1]?.kill();
        survivor = NodeProcess.start(server.url, args);
      }
    });
    expect(results).toBe(local);
    expect(await (await survivor)?.stop()).toBe(0);
  });

  test("carries on after the server was killed and came back", async () => {
    const own = await NatsServer.start();
    const node = await startNode(own.url, "restart", ["cpu"]);
    let restarted: Promise<void> | undefined;
    const results = await resultsOf(run, await clusterDispatcher(own.url, "restart"), (done) => {
      if (done === 30) restarted = own.kill().then(() => own.restart());
    });
    await restarted;
    expect(results).toBe(local);
    await node.stop();
    await own.close();
  });

  test("leaves work to nodes that have what it requires", async () => {
    const plain = await startNode(server.url, "gpu", ["cpu"]);
    const reasons: string[] = [];
    const waiting = Promise.withResolvers<void>();
    const dispatcher = await clusterDispatcher(server.url, "gpu", {
      requires: ["cpu", "gpu"],
      onWaiting: (reason) => {
        reasons.push(reason);
        waiting.resolve();
      },
    });
    const results = resultsOf(run, dispatcher);
    await waiting.promise;
    expect(reasons).toEqual(["a node that has gpu: none of 1 has"]);
    const able = await startNode(server.url, "gpu", ["cpu", "gpu", "wasm"]);
    expect(await results).toBe(local);
    await Promise.all([plain.stop(), able.stop()]);
  });

  test("does the work of others where a tenant's stream is taken away", async () => {
    const node = await startNode(server.url, "removed", ["cpu"]);
    const evaluateFor = async (tenant: string) =>
      await resultsOf(run, await clusterDispatcher(server.url, "removed", { tenant }));
    expect(await evaluateFor("a")).toBe(local);
    const { manager, connection } = await openTestCluster(server.url, "removed");
    await manager.streams.delete("removed_batches_a");
    expect(await evaluateFor("b")).toBe(local);
    // And another node, which never saw it.
    const fresh = await startNode(server.url, "removed", ["cpu"]);
    expect(await evaluateFor("c")).toBe(local);
    expect(await evaluateFor("a")).toBe(local);
    await connection.close();
    await Promise.all([node.stop(), fresh.stop()]);
    expect(node.lines).toContain(
      "the lane a.cpu.normal is not on the server any more: it is left alone",
    );
  });

  test("says that no node is trusted, where none is", async () => {
    const node = await startNode(server.url, "trusted", ["cpu"]);
    const waiting = Promise.withResolvers<string>();
    const dispatcher = await clusterDispatcher(server.url, "trusted", {
      trusted: new Set(["0".repeat(32)]),
      onWaiting: waiting.resolve,
    });
    const pending = dispatcher.execute(run, { start: 0, end: 1 });
    pending.catch(() => {});
    expect(await waiting.promise).toBe("a node that is trusted: none of 1 is listed");
    await dispatcher.close();
    await node.stop();
  });

  test("gives up a batch that nodes die of, and the run still ends", async () => {
    const dispatcher = await clusterDispatcher(server.url, "poison");
    const cluster = await openTestCluster(server.url, "poison");
    const tenant = await openTenant(cluster, "default");
    await openLane(cluster, tenant, CPU_LANE);
    const pending = dispatcher.execute(run, { start: 3, end: 5 });
    const { names } = tenant;
    // Nodes that take it and do not come to an end with it.
    for (let deliveries = 0; deliveries < 4;) {
      const delivery = await pullBatch(cluster, names.batchStream, consumerOf(CPU_LANE));
      if (delivery === undefined) continue;
      expect(delivery.attempt).toBe(deliveries++);
      delivery.giveBack();
    }
    const node = await startNode(server.url, "poison", ["cpu"]);
    const message = "no node came to an end with its batch, which was delivered 4 times";
    expect(await pending).toEqual([3, 4].map((index) => ({
      index,
      valid: false,
      error: { kind: "crash", message },
    })));
    const { manager, connection } = cluster;
    expect((await manager.streams.info(names.deadStream)).state.messages).toBe(1);
    await dispatcher.close();
    await node.stop();
    await connection.close();
  });

  test("drops what is no batch, and what is of a later version, and says so", async () => {
    const node = await startNode(server.url, "version", ["cpu"]);
    const dispatcher = await clusterDispatcher(server.url, "version");
    await dispatcher.prepare(run);
    const cluster = await openTestCluster(server.url, "version");
    const { names } = await openTenant(cluster, "default");
    const { client, manager, connection } = cluster;
    const lane = { capabilityClass: "cpu", priority: "normal" } as const;
    await client.publish(names.batch(lane, "0".repeat(16), "0".repeat(16)), "no JSON");
    await client.publish(names.batch(lane, "0".repeat(16), "1".repeat(16)), `{"v":2}`);
    while ((await manager.streams.info(names.batchStream)).state.messages > 0);
    // A server that is slow to answer is no part of this.
    expect(node.lines.filter((line) => !line.includes("it is asked again"))).toEqual([
      "Cannot read a batch as it must be JSON in UTF-8: it is dropped",
      "Cannot read a batch as its version must be at most 1: current value is 2: it is dropped",
    ]);
    await dispatcher.close();
    await node.stop();
    await connection.close();
  });
});

describe("the command line", () => {
  const files = ["task.ts", "--baseline", "baseline.ts", "--candidate", "heap.ts"]
    .map((part) => part.startsWith("--") ? part : projectFile(`examples/top-k/${part}`));

  test("evaluates on a cluster with the same report", async () => {
    const args = ["evaluate", ...files, "--json", "-n", "40"];
    const remote = cupel([...args, "--nats", server.url, "--prefix", "cli"]);
    const node = await NodeProcess.start(server.url, ["--prefix", "cli", "--caps", "wasm,cpu"]);
    const [{ code, stdout }, here] = await Promise.all([remote, cupel(args)]);
    expect(code).toBe(0);
    expect(withoutTimes(stdout)).toBe(withoutTimes(here.stdout));
    expect(await node.stop()).toBe(0);
  });

  test("has one clear message for each thing that is in its way", async () => {
    const plain = await NatsServer.start({ hasJetStream: false });
    const refused = async (...args: string[]) => {
      const { code, stderr } = await cupel(args);
      return `${code} ${stderr}`;
    };
    expect(await refused("worker", "--nats", plain.url)).toBe(
      "3 error: cannot use the NATS server: JetStream is not enabled on it (nats-server -js), or not for this user's account\n",
    );
    await plain.close();
    expect(await refused("worker", "--nats", plain.url))
      .toMatch(/^3 error: cannot connect to NATS at nats:\/\/127\.0\.0\.1:\d+: .*refused.*\n$/i);
    expect(await refused("evaluate", ...files, "--nats", "localhost")).toMatch(
      /^3 error: cannot use --nats as it must be the address of a NATS server, such as .*: current value is "localhost"\n$/,
    );
    expect(await refused("worker", "--nats", server.url, "--caps", "cpu,G P U")).toMatch(
      /^3 error: cannot use --caps as a capability must be .*: current value is "G P U"\n$/,
    );
  });
});

function withoutTimes(json: string): string {
  return json.replaceAll(/"wallMs": [\d.]+/g, "");
}

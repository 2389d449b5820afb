import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import {
  clusterDispatcher,
  openTestCluster,
  resultsOf,
  startNode,
  topKRun,
} from "./support/cluster.ts";
import { NatsServer } from "./support/nats_server.ts";
import { NodeProcess } from "./support/nodes.ts";

const CASES = 120;

let server: NatsServer;
let run: RunSpec;
let local: string;

beforeAll(async () => {
  server = await NatsServer.start();
  run = await topKRun(CASES);
  local = await resultsOf(run, new LocalDispatcher(1));
});
afterAll(() => server.close());

describe("a cluster", () => {
  test("gives what the local pool gives, and leaves nothing of the run behind", async () => {
    const node = await startNode(server.url, "same", ["cpu"]);
    expect(await resultsOf(run, await clusterDispatcher(server.url, "same"))).toBe(local);
    const { manager, names, connection } = await openTestCluster(server.url, "same");
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
    const dispatcher = await clusterDispatcher(server.url, "gpu", ["cpu", "gpu"]);
    const results = resultsOf(run, dispatcher);
    const early = await Promise.race([
      results,
      new Promise((resolve) => setTimeout(resolve, 1500)),
    ]);
    expect(early).toBe(undefined);
    const able = await startNode(server.url, "gpu", ["cpu", "gpu", "wasm"]);
    expect(await results).toBe(local);
    await Promise.all([plain.stop(), able.stop()]);
  });
});

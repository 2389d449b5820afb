import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { bundleSources } from "../../src/evaluate/sources.ts";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { ClusterDispatcher } from "../../src/cluster/cluster_dispatcher.ts";
import { connectTo } from "../../src/cluster/connection.ts";
import { ClusterNode } from "../../src/cluster/node.ts";
import { openTopology, type Topology } from "../../src/cluster/topology.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import { projectFile } from "../evaluate/runs.ts";
import { NatsServer } from "./support/nats_server.ts";

let server: NatsServer;
const opened: Topology[] = [];

beforeAll(async () => {
  server = await NatsServer.start();
});
afterAll(async () => {
  for (const { connection } of opened) await connection.close();
  await server.close();
});

async function topology(prefix: string): Promise<Topology> {
  const connection = await connectTo({ servers: [server.url], name: "test" });
  const all = await openTopology(connection, prefix, 2000);
  opened.push(all);
  return all;
}

async function node(prefix: string, capabilities: string[]) {
  const lines: string[] = [];
  const started = new ClusterNode(await topology(prefix), {
    capabilities,
    concurrency: 1,
    name: capabilities.join("+"),
    log: (line) => lines.push(line),
  });
  const ended = started.run();
  return { lines, stop: async () => (started.drain(), await ended) };
}

async function spec(n: number): Promise<RunSpec> {
  const sources = await bundleSources({
    task: projectFile("examples/top-k/task.ts"),
    baseline: projectFile("examples/top-k/baseline.ts"),
    candidate: projectFile("examples/top-k/off-by-one.ts"),
  });
  return { ...sources, n, seed: 7, limits: DEFAULT_LIMITS, repetitions: 1 };
}

async function resultsOf(run: RunSpec, dispatcher: Dispatcher): Promise<string> {
  await dispatcher.prepare(run);
  const results = [];
  for await (const result of evaluate(run, dispatcher)) results.push(result);
  await dispatcher.close();
  return JSON.stringify(results, (key, value) => key === "wallMs" ? 0 : value);
}

describe("a cluster", () => {
  test("gives what the local pool gives, and leaves nothing of the run behind", async () => {
    const run = await spec(60);
    const local = await resultsOf(run, new LocalDispatcher(1));
    const one = await node("same", ["cpu"]);
    const controller = await topology("same");
    const dispatcher = new ClusterDispatcher(controller, { requires: ["cpu"], width: 4 });
    expect(await resultsOf(run, dispatcher)).toBe(local);
    const { manager, names } = controller;
    for (const stream of [names.batchStream, names.resultStream]) {
      const { state } = await manager.streams.info(stream);
      expect([stream, state.messages]).toEqual([stream, 0]);
    }
    await one.stop();
    expect(one.lines).toEqual([]);
  });
});

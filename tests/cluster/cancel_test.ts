import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { NodeEvent } from "../../src/cluster/events.ts";
import { tenantNames } from "../../src/cluster/names.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { makeFixtureRun, projectFile } from "../evaluate/runs.ts";
import { clusterDispatcher, openTestCluster, startNode } from "./support/cluster.ts";
import { ControllerProcess } from "./support/controllers.ts";
import { ownServer } from "./support/own_server.ts";

/** Cases that would take minutes: the candidate ends by its fuel in nearly all of them. */
const CASES = 2000;

let run: RunSpec;

const server = ownServer(async () => {
  const arms = { baseline: "sort", candidate: "sort_never" };
  run = await makeFixtureRun("sort", arms, { n: CASES });
});

/** Messages that a tenant's streams hold, and its runs. */
async function left({ manager, names }: Topology): Promise<number[]> {
  const { batchStream, resultStream } = tenantNames(names.prefix, "default");
  const streams = [batchStream, resultStream];
  const infos = await Promise.all(streams.map((stream) => manager.streams.info(stream)));
  return infos.map(({ state }) => state.messages);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await sleep(20);
}

describe("a run that is cancelled", () => {
  test("takes its queued batches away", async () => {
    const cluster = await openTestCluster(server.url, "queued");
    const dispatcher = await clusterDispatcher(server.url, "queued");
    const stop = new AbortController();
    const batches = [0, 1, 2].map((start) =>
      dispatcher.execute(run, { start, end: start + 1 }, stop.signal)
    );
    const ends = Promise.allSettled(batches);
    await until(async () => (await left(cluster).catch(() => [0]))[0] === 3);
    stop.abort();
    expect((await ends).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await until(async () => (await left(cluster))[0] === 0);
    await dispatcher.close();
    await cluster.connection.close();
  });

  test("stops its running batches, and the node goes on with other work", async () => {
    const events: NodeEvent[] = [];
    const node = await startNode(server.url, "running", ["cpu"], {
      observe: (event) => events.push(event),
    });
    const dispatcher = await clusterDispatcher(server.url, "running");
    const stop = new AbortController();
    const pending = dispatcher.execute(run, { start: 0, end: CASES }, stop.signal);
    pending.catch(() => {});
    await until(() => node.node.busy === 1);
    stop.abort();
    await dispatcher.close();
    await until(() => node.node.busy === 0);
    expect(events.flatMap((event) => event.kind === "executed" ? event.outcome : []))
      .toEqual(["cancelled"]);

    const next = await clusterDispatcher(server.url, "running");
    const quick = { ...run, candidate: run.baseline };
    expect(await next.execute(quick, { start: 0, end: 5 })).toHaveLength(5);
    await next.close();
    await node.stop();
    expect(node.lines).toEqual([]);
  });

  test("by Ctrl-C leaves nothing on the server", async () => {
    const cluster = await openTestCluster(server.url, "signal");
    const node = await startNode(server.url, "signal", ["cpu"]);
    const files = ["--baseline", "sort", "--candidate", "sort_never"]
      .map((part) => part.startsWith("--") ? part : projectFile(`tests/fixtures/arms/${part}.ts`));
    const evaluation = new ControllerProcess([
      ...[projectFile("tests/fixtures/tasks/sort.ts"), ...files, "-n", `${CASES}`],
      ...["--nats", server.url, "--prefix", "signal"],
    ]);
    await until(() => node.node.busy === 1);
    expect(await evaluation.interrupt()).toBe(130);
    expect(await left(cluster)).toEqual([0, 0]);
    await until(() => node.node.busy === 0);
    await node.stop();
    await cluster.connection.close();
  });
});

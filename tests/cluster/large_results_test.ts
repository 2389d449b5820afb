import { describe, expect, test } from "vitest";
import { openTenant } from "../../src/cluster/tenant.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { makeFixtureRun, withoutTimes } from "../evaluate/runs.ts";
import { clusterDispatcher, openTestCluster, startNode } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

const BATCH = { start: 0, end: 64 };

let run: RunSpec;

const server = ownServer(async () => {
  const arms = { baseline: "sort", candidate: "sort_not_at_all" };
  run = await makeFixtureRun("sort_large", arms, { n: BATCH.end });
});

describe("a result that is larger than a message of the server may be", () => {
  test("comes in parts, and is what the local pool gives", async () => {
    const node = await startNode(server.url, "large", ["cpu"]);
    const cluster = await openTestCluster(server.url, "large");
    const { names } = await openTenant(cluster, "default");
    const stored = async () => (await cluster.manager.streams.info(names.resultStream)).state;
    const dispatcher = await clusterDispatcher(server.url, "large");
    await dispatcher.prepare(run);
    const results = await dispatcher.execute(run, BATCH);
    expect((await stored()).bytes).toBeGreaterThan(
      cluster.connection.info?.max_payload ?? Infinity,
    );

    const here = new LocalDispatcher(1);
    expect(withoutTimes(results)).toEqual(withoutTimes(await here.execute(run, BATCH)));
    await here.close();
    await dispatcher.close();
    expect((await stored()).messages).toBe(0);
    await node.stop();
    expect(node.lines).toEqual([]);
    await cluster.connection.close();
  });

  test("is asked for again where a part of it is lost", async () => {
    const node = await startNode(server.url, "lost", ["cpu"]);
    const cluster = await openTestCluster(server.url, "lost");
    const { names } = await openTenant(cluster, "default");
    const parts = `${names.resultsAndParts().slice(0, -1)}*.*.0`;
    const losing = cluster.connection.subscribe(parts, { max: 1 });
    const lost = (async () => {
      for await (const { subject } of losing) {
        await cluster.manager.streams.purge(names.resultStream, { filter: subject });
      }
    })();
    const dispatcher = await clusterDispatcher(server.url, "lost");
    await dispatcher.prepare(run);
    expect(await dispatcher.execute(run, BATCH)).toHaveLength(BATCH.end);
    await lost;
    await dispatcher.close();
    await node.stop();
    await cluster.connection.close();
  });
});

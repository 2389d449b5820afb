import { describe, expect, test } from "vitest";
import { openTenant } from "../../src/cluster/tenant.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { clusterDispatcher, openTestCluster, startNode, topKRun } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

let run: RunSpec;

const server = ownServer(async () => {
  run = await topKRun(1000);
});

type Dispatcher = Awaited<ReturnType<typeof clusterDispatcher>>;

/** Asks for batches, and notes the owner of each when it is done. */
function ask(dispatcher: Dispatcher, owner: string, batches: number, done: string[], size = 4) {
  return Promise.all(Array.from({ length: batches }, async (_, at) => {
    await dispatcher.execute(run, { start: size * at, end: size * (at + 1) });
    done.push(owner);
  }));
}

function isHeavy(owner: string): boolean {
  return owner === "heavy";
}

/** Waits until so many batches are queued, of all tenants together. */
async function queued(prefix: string, tenants: string[], batches: number): Promise<void> {
  const cluster = await openTestCluster(server.url, prefix);
  for (let waiting = 0; waiting < batches;) {
    waiting = 0;
    for (const tenant of tenants) {
      const { names } = await openTenant(cluster, tenant);
      waiting += (await cluster.manager.streams.info(names.batchStream)).state.messages;
    }
  }
  await cluster.connection.close();
}

describe("a node", () => {
  test("gives tenants shares of its time by weight", async () => {
    const done: string[] = [];
    const weights = new Map([["heavy", 3]]);
    const [heavy, light] = await Promise.all(
      ["heavy", "light"].map((tenant) => clusterDispatcher(server.url, "weights", { tenant })),
    );
    if (heavy === undefined || light === undefined) throw new TypeError("no dispatchers");
    const node = await startNode(server.url, "weights", ["cpu"], { weights });
    const all = [ask(heavy, "heavy", 240, done), ask(light, "light", 240, done)];
    await all[0];
    // While both have work, of four batches three are of who weighs three times as much. What it took to
    // load their runs is charged as well, and made up for in the first half.
    const half = done.findIndex((_, at) => done.slice(0, at).filter(isHeavy).length === 120);
    const beside = done.slice(half).filter((owner) => !isHeavy(owner)).length;
    expect(beside).toBeGreaterThan(25);
    expect(beside).toBeLessThan(60);
    await all[1];
    await Promise.all([heavy.close(), light.close()]);
    await node.stop();
  });

  test("does not let a long run of one tenant starve a short one, of the same tenant or another", async () => {
    const done: string[] = [];
    const long = await clusterDispatcher(server.url, "starve");
    const short = await clusterDispatcher(server.url, "starve");
    const other = await clusterDispatcher(server.url, "starve", { tenant: "other" });
    const node = await startNode(server.url, "starve", ["cpu"]);
    const work = ask(long, "long", 200, done);
    while (done.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([ask(short, "short", 5, done), ask(other, "other", 5, done)]);
    expect(done.length).toBeLessThan(100);
    await work;
    await Promise.all([long.close(), short.close(), other.close()]);
    await node.stop();
  });

  test("does what a tenant calls urgent before its other work, and not before another tenant's", async () => {
    const done: string[] = [];
    const low = await clusterDispatcher(server.url, "urgent", { priority: "low" });
    const high = await clusterDispatcher(server.url, "urgent", { priority: "high" });
    const other = await clusterDispatcher(server.url, "urgent", { tenant: "other" });
    const all = [
      ask(low, "low", 30, done),
      ask(high, "high", 30, done),
      ask(other, "other", 30, done),
    ];
    await queued("urgent", ["default", "other"], 12);
    const node = await startNode(server.url, "urgent", ["cpu"]);
    await Promise.all(all);
    const at = (owner: string) => done.lastIndexOf(owner);
    expect(at("high")).toBeLessThan(at("low"));
    expect(at("other")).toBeLessThan(at("low"));
    // The first third was shared by both tenants.
    expect(new Set(done.slice(0, 20))).toEqual(new Set(["high", "other"]));
    await Promise.all([low.close(), high.close(), other.close()]);
    await node.stop();
  });
});

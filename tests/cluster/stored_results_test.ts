import type { Consumer } from "@nats-io/jetstream";
import { headers } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { CASES_HEADER } from "../../src/cluster/result_headers.ts";
import { StoredResults } from "../../src/cluster/stored_results.ts";
import { openTenant } from "../../src/cluster/tenant.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import { openTestCluster } from "./support/cluster.ts";
import { ownServer } from "./support/own_server.ts";

const RUN = "0123456789abcdef";

const server = ownServer();

/** A cluster with three results of a run. */
async function withResults(prefix: string) {
  const cluster = await openTestCluster(server.url, prefix);
  const tenant = await openTenant(cluster, "default");
  for (const [at, id] of ["a", "b", "c"].entries()) {
    const about = headers();
    about.set(CASES_HEADER, `${4 * at}-${4 * at + 4}`);
    await cluster.client.publish(tenant.names.result(RUN, id), "{}", { headers: about });
  }
  return { cluster, tenant };
}

/** The same cluster, in which something happens between the count of results and their delivery. */
function meanwhile(cluster: Topology, happens: () => Promise<unknown>): Topology {
  const { consumers } = cluster.client;
  const get = async (...args: Parameters<typeof consumers.get>): Promise<Consumer> => {
    const consumer = await consumers.get(...args);
    const info = consumer.info.bind(consumer);
    consumer.info = async (cached) => {
      const counted = await info(cached);
      if (cached) await happens();
      return counted;
    };
    return consumer;
  };
  const client = new Proxy(cluster.client, {
    get: (target, key) => key === "consumers" ? { get } : Reflect.get(target, key, target),
  });
  return { ...cluster, client };
}

test("stored results are read as they were cut", async () => {
  const { cluster, tenant } = await withResults("all");
  const stored = await StoredResults.read(cluster, tenant, RUN);
  expect([...stored.jobs]).toEqual(["a", "b", "c"]);
  expect([stored.batches, stored.endOf(4), stored.nextStart(5)]).toEqual([3, 8, 8]);
  await cluster.connection.close();
});

test.each([
  ["the last of them", [3], ["a", "b"]],
  ["all", [1, 2, 3], []],
])("results are not waited for that are gone: %s", async (_name, gone, left) => {
  const { cluster, tenant } = await withResults(`gone-${gone.length}`);
  const { streams } = cluster.manager;
  const fewer = meanwhile(cluster, async () => {
    for (const seq of gone) await streams.deleteMessage(tenant.names.resultStream, seq);
  });
  const stored = await StoredResults.read(fewer, tenant, RUN);
  expect([...stored.jobs]).toEqual(left);
  await cluster.connection.close();
});

test("results are not waited for whose stream is gone, or whose server is away", async () => {
  const { cluster, tenant } = await withResults("lost");
  const { resultStream } = tenant.names;
  const deleted = meanwhile(cluster, () => cluster.manager.streams.delete(resultStream));
  await expect(StoredResults.read(deleted, tenant, RUN)).rejects.toThrow(/stream not found/);
  await cluster.connection.close();

  const again = await withResults("away");
  const away = meanwhile(again.cluster, () => server.kill());
  await expect(StoredResults.read(away, again.tenant, RUN)).rejects.toThrow();
  await again.cluster.connection.close();
  await server.restart();
});

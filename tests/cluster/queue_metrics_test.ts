import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openControllerMetrics, openSpawnerMetrics } from "../../src/cluster/metrics/open.ts";
import { connectTo } from "../../src/cluster/connection.ts";
import { consumerOf, type Lane, laneKey } from "../../src/cluster/lane.ts";
import { queueMetrics } from "../../src/cluster/metrics/queue_metrics.ts";
import { registerNode } from "../../src/cluster/node_registry.ts";
import { openLane, openTenant, type Tenant } from "../../src/cluster/tenant.ts";
import { openTopology, type Topology } from "../../src/cluster/topology.ts";
import { parseExposition, valuesOf } from "./support/exposition.ts";
import { NatsServer } from "./support/nats_server.ts";

const PENDING = "cupel_cluster_pending_batches";
const IN_FLIGHT = "cupel_cluster_in_flight_batches";
const AGE = "cupel_cluster_oldest_batch_age_seconds";
const NODES = "cupel_cluster_live_nodes";
const DEAD = "cupel_cluster_dead_letters";
const ERRORS = "cupel_scrape_errors_total";

async function openOn(server: NatsServer, prefix: string): Promise<Topology> {
  const connection = await connectTo({ servers: [server.url], name: "test" });
  return await openTopology(connection, prefix, 60_000);
}

/** A cluster of a test's own, and what reads its metrics. */
async function clusterOn(server: NatsServer, prefix: string) {
  const topology = await openOn(server, prefix);
  const registry = new Registry();
  queueMetrics(registry, topology);
  return {
    topology,
    scrape: async () => {
      const families = parseExposition(await registry.metrics());
      return (name: string) => valuesOf(families, name);
    },
    close: () => topology.connection.close(),
  };
}

/** What connects, and remembers what it opened. */
function remembering(server: NatsServer, prefix: string) {
  const open: Topology[] = [];
  const connect = async () => {
    const topology = await openOn(server, prefix);
    open.push(topology);
    return topology;
  };
  return { open, connect };
}

async function publish(topology: Topology, tenant: Tenant, lane: Lane, ids: string[]) {
  for (const id of ids) await topology.client.publish(tenant.names.batch(lane, "run", id), "{}");
}

describe("what waits in a cluster", () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterAll(() => server.close());

  test("is nothing where no lane was ever used", async () => {
    const { scrape, close } = await clusterOn(server, "empty");
    const values = await scrape();
    for (const name of [PENDING, IN_FLIGHT, AGE, NODES]) expect(values(name)).toEqual({});
    expect([values(DEAD), values(ERRORS)]).toEqual([{ "": 0 }, { "": 0 }]);
    await close();
  });

  test("is summed over tenants and priorities by class", async () => {
    const { topology, scrape, close } = await clusterOn(server, "sums");
    const lanes: Lane[] = [
      { tenant: "team-a", capabilityClass: "cpu", priority: "high" },
      { tenant: "team-a", capabilityClass: "cpu", priority: "low" },
      { tenant: "team-a", capabilityClass: "cpu_gpu", priority: "normal" },
      { tenant: "team-b", capabilityClass: "cpu", priority: "normal" },
    ];
    for (const lane of lanes) {
      const tenant = await openTenant(topology, lane.tenant);
      await openLane(topology, tenant, lane);
      if (lane.capabilityClass === "cpu") await publish(topology, tenant, lane, ["a", "b"]);
      await topology.client.publish(tenant.names.dead("run", lane.priority), "{}");
    }
    // Its tenant's streams are not there yet.
    await topology.lanes.put(
      laneKey({ tenant: "team-c", capabilityClass: "cpu", priority: "low" }),
      "",
    );
    const values = await scrape();
    expect(values(PENDING)).toEqual({ cpu: 6, cpu_gpu: 0 });
    expect(values(IN_FLIGHT)).toEqual({ cpu: 0, cpu_gpu: 0 });
    expect(values(AGE)).toEqual({ cpu: expect.any(Number), cpu_gpu: 0 });
    expect(values(DEAD)).toEqual({ "": 4 });
    expect(values(ERRORS)).toEqual({ "": 0 });
    await close();
  });

  test("is in flight until it is acknowledged, and ages until then", async () => {
    const { topology, scrape, close } = await clusterOn(server, "flight");
    const lane: Lane = { tenant: "team-a", capabilityClass: "cpu", priority: "normal" };
    const tenant = await openTenant(topology, lane.tenant);
    await openLane(topology, tenant, lane);
    await publish(topology, tenant, lane, ["a"]);
    const stream = tenant.names.batchStream;
    const consumer = await topology.client.consumers.get(stream, consumerOf(lane));
    const message = await consumer.next();
    const young = await scrape();
    expect([young(PENDING), young(IN_FLIGHT)]).toEqual([{ cpu: 0 }, { cpu: 1 }]);
    const age = young(AGE)["cpu"] ?? NaN;
    // Clocks of servers may step by milliseconds.
    let older = age;
    while (older === age) older = (await scrape())(AGE)["cpu"] ?? NaN;
    expect(older).toBeGreaterThan(age);
    await message?.ackAck();
    const done = await scrape();
    for (const name of [PENDING, IN_FLIGHT, AGE]) expect(done(name)).toEqual({ cpu: 0 });
    await close();
  });

  test("has nodes by capability, down to none", async () => {
    const { topology, scrape, close } = await clusterOn(server, "nodes");
    const entry = (capabilities: string[]) => ({ capabilities, concurrency: 1, only: [] });
    const leaves = [
      await registerNode(topology.nodes, "one", entry(["cpu"])),
      await registerNode(topology.nodes, "two", entry(["cpu", "gpu"])),
    ];
    expect((await scrape())(NODES)).toEqual({ cpu: 2, gpu: 1 });
    for (const leave of leaves) await leave();
    expect((await scrape())(NODES)).toEqual({ cpu: 0, gpu: 0 });
    await close();
  });

  test("is the same for scrapes at a time", async () => {
    const { scrape, close } = await clusterOn(server, "twice");
    const both = await Promise.all([scrape(), scrape()]);
    expect(both.map((values) => values(ERRORS))).toEqual([{ "": 0 }, { "": 0 }]);
    expect(both.map((values) => values(DEAD))).toEqual([{ "": 0 }, { "": 0 }]);
    await close();
  });

  test("is served by controllers and spawners, which close their connection", async () => {
    const { open, connect } = remembering(server, "served");
    const controller = await openControllerMetrics(0, connect);
    const spawner = await openSpawnerMetrics(0, connect);
    spawner.onCount(1, 1);
    for (const { url, close } of [controller, spawner]) {
      const families = parseExposition(await (await fetch(url)).text());
      expect(valuesOf(families, DEAD)).toEqual({ "": 0 });
      await close();
    }
    expect(open.map(({ connection }) => connection.isClosed())).toEqual([true, true]);
  });

  test("is not connected to where the port cannot be had", async () => {
    const { open, connect } = remembering(server, "taken");
    const { url, close } = await openControllerMetrics(0, connect);
    const port = Number(new URL(url).port);
    await expect(openSpawnerMetrics(port, connect)).rejects.toThrow("--metrics-port");
    expect(open.map(({ connection }) => connection.isClosed())).toEqual([false, true]);
    await close();
  });
});

test("without its server a scrape ends, has no gauges and counts an error, until the server is back", async () => {
  const server = await NatsServer.start();
  const { topology, scrape, close } = await clusterOn(server, "away");
  const lane: Lane = { tenant: "team-a", capabilityClass: "cpu", priority: "normal" };
  const tenant = await openTenant(topology, lane.tenant);
  await openLane(topology, tenant, lane);
  await publish(topology, tenant, lane, ["a"]);
  expect((await scrape())(PENDING)).toEqual({ cpu: 1 });
  await server.kill();
  const away = await scrape();
  for (const name of [PENDING, IN_FLIGHT, AGE, NODES, DEAD]) expect(away(name)).toEqual({});
  expect(away(ERRORS)).toEqual({ "": 1 });
  await server.restart();
  let back = await scrape();
  while (Object.keys(back(PENDING)).length === 0) back = await scrape();
  expect(back(PENDING)).toEqual({ cpu: 1 });
  await close();
  const closed = await scrape();
  expect(closed(PENDING)).toEqual({});
  await server.close();
});

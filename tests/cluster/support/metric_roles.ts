import { Registry } from "prom-client";
import * as z from "zod";
import { connectTo } from "../../../src/cluster/connection.ts";
import { controllerMetrics } from "../../../src/cluster/metrics/controller_metrics.ts";
import { nodeMetrics } from "../../../src/cluster/metrics/node_metrics.ts";
import { queueMetrics } from "../../../src/cluster/metrics/queue_metrics.ts";
import { spawnerMetrics } from "../../../src/cluster/metrics/spawner_metrics.ts";
import { openTopology } from "../../../src/cluster/topology.ts";
import { NatsServer } from "./nats_server.ts";

/** A metric as it is registered. */
export type Registered = z.infer<typeof registeredSchema>;

// The types of prom-client leave out `labelNames`.
const registeredSchema = z.object({
  name: z.string(),
  type: z.enum(["counter", "gauge", "histogram"]),
  labelNames: z.array(z.string()),
}).transform(({ name, type, labelNames }) => ({
  name,
  type,
  labels: labelNames.filter((label) => label !== "le"),
}));

function registered(register: (registry: Registry) => void): Registered[] {
  const registry = new Registry();
  register(registry);
  return registry.getMetricsAsArray().map((metric) => registeredSchema.parse(metric));
}

async function clusterMetrics(): Promise<Registered[]> {
  const server = await NatsServer.start();
  try {
    const connection = await connectTo({ servers: [server.url], name: "test" });
    const topology = await openTopology(connection, "cupel", 2000);
    const found = registered((registry) => queueMetrics(registry, topology));
    await connection.close();
    return found;
  } finally {
    await server.close();
  }
}

/** The metrics of each part of docs/metrics.md. */
export const metricsOfRoles = {
  Node: () => Promise.resolve(registered(nodeMetrics)),
  Controller: () => Promise.resolve(registered(controllerMetrics)),
  Spawner: () => Promise.resolve(registered(spawnerMetrics)),
  Cluster: clusterMetrics,
};

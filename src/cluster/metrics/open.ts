import { Registry } from "prom-client";
import type { ControllerEvent, NodeEvent, Observer } from "../events.ts";
import type { Topology } from "../topology.ts";
import { controllerMetrics } from "./controller_metrics.ts";
import { nodeMetrics } from "./node_metrics.ts";
import { queueMetrics } from "./queue_metrics.ts";
import { type MetricsServer, serveMetrics } from "./server.ts";
import { spawnerMetrics, type SpawnerObserver } from "./spawner_metrics.ts";

/** Connects to the cluster whose queues are shown; the connection is closed with the metrics. */
export type ConnectForMetrics = () => Promise<Topology>;

/** Metrics of a node that are served. */
export interface NodeMetrics extends MetricsServer {
  observe: Observer<NodeEvent>;
}

/** Metrics of a controller that are served, and of its cluster. */
export interface ControllerMetrics extends MetricsServer {
  observe: Observer<ControllerEvent>;
}

/** Metrics of a spawner that are served, and of its cluster. */
export interface SpawnerMetrics extends MetricsServer, SpawnerObserver {}

/** Serves a node's metrics. @throws as {@linkcode serveMetrics}. */
export async function openNodeMetrics(port: number): Promise<NodeMetrics> {
  const registry = new Registry();
  const observe = nodeMetrics(registry);
  return { observe, ...await serveMetrics({ port, registry }) };
}

/** Serves a controller's metrics. @throws as {@linkcode serveMetrics}, and what connecting throws. */
export async function openControllerMetrics(
  port: number,
  connect: ConnectForMetrics,
): Promise<ControllerMetrics> {
  const registry = new Registry();
  const observe = controllerMetrics(registry);
  return { observe, ...await serveWithQueue(port, registry, connect) };
}

/** Serves a spawner's metrics. @throws as {@linkcode serveMetrics}, and what connecting throws. */
export async function openSpawnerMetrics(
  port: number,
  connect: ConnectForMetrics,
): Promise<SpawnerMetrics> {
  const registry = new Registry();
  const observer = spawnerMetrics(registry);
  return { ...observer, ...await serveWithQueue(port, registry, connect) };
}

async function serveWithQueue(
  port: number,
  registry: Registry,
  connect: ConnectForMetrics,
): Promise<MetricsServer> {
  const topology = await connect();
  try {
    queueMetrics(registry, topology);
    const { url, close } = await serveMetrics({ port, registry });
    return {
      url,
      close: async () => {
        await close();
        await topology.connection.close();
      },
    };
  } catch (error) {
    await topology.connection.close();
    throw error;
  }
}

import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import {
  ClusterDispatcher,
  type ClusterDispatcherOptions,
} from "../../../src/cluster/cluster_dispatcher.ts";
import { classOf } from "../../../src/cluster/capabilities.ts";
import type { ClusterSettings } from "../../../src/cluster/cluster_options.ts";
import { connectTo } from "../../../src/cluster/connection.ts";
import { ClusterNode } from "../../../src/cluster/node.ts";
import { newNodeKey } from "../../../src/cluster/node_key.ts";
import type { NodeOptions } from "../../../src/cluster/node_options.ts";
import { openTopology, type Topology } from "../../../src/cluster/topology.ts";
import type { Dispatcher } from "../../../src/evaluate/dispatcher.ts";
import { evaluate } from "../../../src/evaluate/evaluate.ts";
import type { RunSpec } from "../../../src/evaluate/run_spec.ts";
import { bundleSources } from "../../../src/evaluate/sources.ts";
import { projectFile } from "../../evaluate/runs.ts";

/** Milliseconds after which a silent node's batch is delivered again, in tests. */
export const ACK_WAIT_MS = 2000;

/** The lane of work that requires nothing in particular. */
export const CPU_LANE = { tenant: "default", capabilityClass: "cpu", priority: "normal" } as const;

/** A cluster of a test's own on a server that others use as well. */
export async function openTestCluster(url: string, prefix: string): Promise<Topology> {
  const connection = await connectTo({ servers: [url], name: "test" });
  return await openTopology(connection, prefix, ACK_WAIT_MS);
}

/** A node in this process. */
export async function startNode(
  url: string,
  prefix: string,
  capabilities: string[],
  more: Partial<NodeOptions> = {},
) {
  const lines: string[] = [];
  const topology = await openTestCluster(url, prefix);
  const node = new ClusterNode(topology, {
    capabilities,
    only: [],
    weights: new Map(),
    concurrency: 1,
    key: newNodeKey(),
    log: (line) => lines.push(line),
    ...more,
  });
  const ended = node.run();
  return {
    lines,
    node,
    ended,
    stop: async () => {
      node.drain();
      await ended;
      await topology.connection.close();
    },
  };
}

/** What dispatches to a cluster: work of the tenant `default` that requires `cpu`, unless said otherwise. */
export async function clusterDispatcher(
  url: string,
  prefix: string,
  { requires = ["cpu"], tenant = "default", priority = "normal", ...more }:
    & Partial<Omit<ClusterDispatcherOptions, "lane">>
    & Partial<Pick<ClusterSettings, "requires" | "tenant" | "priority">> = {},
) {
  const topology = await openTestCluster(url, prefix);
  return new ClusterDispatcher(topology, {
    lane: { tenant, capabilityClass: classOf(requires), priority },
    mostInFlight: 1000,
    ...more,
  });
}

/** A run that rejects its candidate. */
export async function topKRun(n: number): Promise<RunSpec> {
  const sources = await bundleSources({
    task: projectFile("examples/top-k/task.ts"),
    baseline: projectFile("examples/top-k/baseline.ts"),
    candidate: projectFile("examples/top-k/off-by-one.ts"),
  });
  return { ...sources, n, seed: 7, limits: DEFAULT_LIMITS, repetitions: 1 };
}

/** A run's results as text, without what depends on the clock. */
export async function resultsOf(
  run: RunSpec,
  dispatcher: Dispatcher,
  onCase: (done: number) => void = () => {},
): Promise<string> {
  await dispatcher.prepare(run);
  const results = [];
  for await (const result of evaluate(run, dispatcher)) {
    results.push(result);
    onCase(results.length);
  }
  await dispatcher.close();
  return JSON.stringify(results, (key, value) => key === "wallMs" ? 0 : value);
}

import { ClusterNode } from "../../src/cluster/node.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import type { NodeRun, RunKeeper } from "../../src/cluster/node_runs.ts";
import { openTenant } from "../../src/cluster/tenant.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import { LANE } from "./cluster.ts";
import type { Sample } from "./sample.ts";

/**
 * A node's runs that answer at once: everything about the node is real but what executes its cases. As a real
 * one, it watches which runs are over.
 */
function standInRuns(topology: Topology, { spec, resultsOf }: Sample): RunKeeper {
  const run: NodeRun = { spec, dispatcher: standIn(resultsOf), over: new AbortController() };
  let stop = () => {};
  return {
    warmUp: async () => {
      const { runs } = await openTenant(topology, LANE.tenant);
      const watch = await runs.watch({ include: "updates" });
      stop = () => watch.stop();
    },
    use: (_tenant, _id, body) => body(run),
    close: () => Promise.resolve(stop()),
  };
}

/** Executes nothing, and knows what would come of it. */
function standIn(resultsOf: Sample["resultsOf"]): Dispatcher {
  const none = () => Promise.reject(new TypeError("Cannot do this with a stand-in"));
  return {
    width: 1,
    prepare: none,
    shrink: none,
    examine: none,
    execute: (_run, batch) => Promise.resolve(resultsOf(batch)),
    close: () => Promise.resolve(),
  };
}

/** Nodes in this process. */
export interface LightNodes {
  /** Tells all to stop, and waits until they have. */
  stop(): Promise<void>;
}

/**
 * Starts nodes with a stand-in for execution, one on each connection.
 *
 * @param topologies Their connections; whoever opened them closes them.
 * @param concurrency Batches at a time of each.
 */
export function startLightNodes(
  topologies: readonly Topology[],
  concurrency: number,
  sample: Sample,
): LightNodes {
  const nodes = topologies.map((topology) => {
    const options = {
      capabilities: ["cpu"],
      only: [],
      weights: new Map<string, number>(),
      concurrency,
      key: newNodeKey(),
    };
    const node = new ClusterNode(topology, options, standInRuns(topology, sample));
    return { node, ended: node.run() };
  });
  return {
    stop: async () => {
      for (const { node } of nodes) node.drain();
      await Promise.all(nodes.map(({ ended }) => ended));
    },
  };
}

import { ClusterNode } from "../../src/cluster/node.ts";
import { newNodeKey } from "../../src/cluster/node_key.ts";
import type { NodeRun, RunKeeper } from "../../src/cluster/node_runs.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import type { CaseResult } from "../../src/evaluate/case_result.ts";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";

/** About as many bytes of a result as a case of examples/top-k has. */
const MESSAGE = "stand-in ".repeat(40);

/** A node's runs that answers at once: everything about the node is real but what executes its cases. */
export function standInRuns(spec: RunSpec): RunKeeper {
  const run: NodeRun = { spec, dispatcher: standInDispatcher(), over: new AbortController() };
  return {
    warmUp: () => Promise.resolve(),
    use: (_tenant, _id, body) => body(run),
    close: () => Promise.resolve(),
  };
}

/** Executes nothing: cases come to a failure of about the size of a result. */
function standInDispatcher(): Dispatcher {
  const none = () => Promise.reject(new TypeError("Cannot do this with a stand-in"));
  return {
    width: 1,
    prepare: none,
    shrink: none,
    examine: none,
    execute: (_run, { start, end }) =>
      Promise.resolve(Array.from({ length: end - start }, (_, at): CaseResult => ({
        index: start + at,
        valid: false,
        error: { kind: "crash", message: MESSAGE },
      }))),
    close: () => Promise.resolve(),
  };
}

/** Nodes in this process. */
export interface LightNodes {
  /** Tells all to stop, and waits until they have. */
  stop(): Promise<void>;
}

/**
 * Starts nodes with a stand-in for execution.
 *
 * @param topologies Their connections, which they share; whoever opened them closes them.
 * @param concurrency Batches at a time of each.
 */
export function startLightNodes(
  topologies: readonly Topology[],
  count: number,
  concurrency: number,
  spec: RunSpec,
): LightNodes {
  const nodes: { node: ClusterNode; ended: Promise<void> }[] = [];
  for (let at = 0; at < count; at++) {
    const topology = topologies[at % topologies.length];
    if (topology === undefined) throw new RangeError("Cannot start nodes without a connection");
    const options = {
      capabilities: ["cpu"],
      only: [],
      weights: new Map<string, number>(),
      concurrency,
      key: newNodeKey(),
    };
    const node = new ClusterNode(topology, options, standInRuns(spec));
    nodes.push({ node, ended: node.run() });
  }
  return {
    stop: async () => {
      for (const { node } of nodes) node.drain();
      await Promise.all(nodes.map(({ ended }) => ended));
    },
  };
}

import process from "node:process";
import { connectTo } from "../../../src/cluster/connection.ts";
import { ClusterNode } from "../../../src/cluster/node.ts";
import { newNodeKey } from "../../../src/cluster/node_key.ts";
import type { NodeOptions } from "../../../src/cluster/node_options.ts";
import { NodeRuns, type RunKeeper } from "../../../src/cluster/node_runs.ts";
import { openTopology } from "../../../src/cluster/topology.ts";

// A node that dies in the middle of any batch with a certain case: arguments are the server, the prefix, the
// case, and the deliveries after which a batch is given up.
const [url = "", prefix = "", deadlyCase = "0", deliveries = "4"] = process.argv.slice(2);

const connection = await connectTo({ servers: [url], name: "dying node" });
const topology = await openTopology(connection, prefix, 1000);
const options: NodeOptions = {
  capabilities: ["cpu"],
  only: [],
  weights: new Map(),
  concurrency: 1,
  key: newNodeKey(),
  mostDeliveries: Number(deliveries),
};
const runs = new NodeRuns(topology, options);
const deadly: RunKeeper = {
  warmUp: () => runs.warmUp(),
  close: () => runs.close(),
  use: (tenant, id, body) =>
    runs.use(tenant, id, (run) => {
      const { dispatcher } = run;
      return body({
        ...run,
        dispatcher: {
          width: dispatcher.width,
          prepare: dispatcher.prepare.bind(dispatcher),
          shrink: dispatcher.shrink.bind(dispatcher),
          examine: dispatcher.examine.bind(dispatcher),
          close: dispatcher.close.bind(dispatcher),
          execute: async (spec, batch, signal) => {
            const isDeadly = batch.start <= Number(deadlyCase) && Number(deadlyCase) < batch.end;
            const results = await dispatcher.execute(spec, batch, signal);
            if (isDeadly) process.kill(process.pid, "SIGKILL");
            return results;
          },
        },
      });
    }),
};
await new ClusterNode(topology, options, deadly).run();

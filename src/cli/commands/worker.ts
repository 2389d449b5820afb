import { ClusterNode } from "../../cluster/node.ts";
import { newNodeKey } from "../../cluster/node_key.ts";
import { openCluster } from "../../cluster/open.ts";
import { coreCount, exit, onInterrupt } from "../../runtime/host.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK, SIGNAL_EXIT } from "../exit_codes.ts";
import { CLUSTER_OPTIONS, parseCapabilities, parseCluster } from "../input/cluster.ts";
import { parseWholeNumber } from "../input/whole_number.ts";

const MOST_CONCURRENCY = 256;

/** `cupel worker`: a node of a cluster, which executes batches until it is told to stop. */
export const workerCommand: CommandSpec = {
  arguments: [],
  options: [
    {
      flags: "--nats <urls>",
      description: "NATS server, or several of one cluster with commas between",
      required: true,
    },
    { flags: "--caps <tags>", description: "what this node has, as cpu,gpu", defaultText: "cpu" },
    {
      flags: "--concurrency <n>",
      description: "batches at a time",
      defaultText: "one for each core",
    },
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    {
      does: "serve a server on this machine with all cores",
      line: "cupel worker --nats nats://127.0.0.1:4222",
    },
    {
      does: "a node with a GPU, which takes two batches at a time",
      line: "cupel worker --nats nats://broker:4222 --caps cpu,gpu --concurrency 2",
    },
  ],
  exitCodes:
    "0 it was told to stop (SIGTERM, SIGINT) and did what it held, 3 bad input; a second signal ends it at once",
  run: work,
};

async function work(
  _positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const settings = parseCluster(options);
  const capabilities = parseCapabilities("--caps", String(options["caps"] ?? "cpu"));
  const { concurrency } = options;
  const slots = concurrency === undefined
    ? coreCount()
    : parseWholeNumber("--concurrency", String(concurrency), 1, MOST_CONCURRENCY);
  const topology = await openCluster(settings, "worker");
  const key = newNodeKey();
  const node = new ClusterNode(topology, {
    capabilities,
    only: [],
    weights: new Map(),
    concurrency: slots,
    key,
    log: (line) => context.stderr.write(`${line}\n`),
  });
  // A node finishes what it holds: that may take longer than other commands have.
  context.interruption.release();
  let stops = 0;
  const stopListening = onInterrupt((signal) => {
    node.drain();
    if (++stops > 1) void exit(SIGNAL_EXIT[signal]);
  });
  context.stdout.write(
    `node ${key.fingerprint} serves ${capabilities.join(", ") || "any"} at ${
      settings.servers.join(", ")
    }\n`,
  );
  await node.run();
  stopListening();
  await topology.connection.close();
  return EXIT_OK;
}

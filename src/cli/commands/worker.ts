import { ClusterNode } from "../../cluster/node.ts";
import {
  type LifetimeLimits,
  live,
  sayReason,
  type StopReason,
} from "../../cluster/node_lifetime.ts";
import { openCluster } from "../../cluster/open.ts";
import { exit, onInterrupt } from "../../runtime/host.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK, SIGNAL_EXIT } from "../exit_codes.ts";
import { openNodeMetrics } from "../input/metrics_port.ts";
import { parseWorkerOptions, WORKER_OPTIONS } from "../input/worker_options.ts";

/** `cupel worker`: a node of a cluster, which executes batches until something ends it. */
export const workerCommand: CommandSpec = {
  arguments: [],
  options: WORKER_OPTIONS,
  examples: [
    {
      does: "serve a server on this machine with all cores",
      line: "cupel worker --nats nats://127.0.0.1:4222",
    },
    {
      does: "a node with a GPU, which does nothing that needs none, two batches at a time",
      line: "cupel worker --nats nats://broker:4222 --only gpu --concurrency 2",
    },
    {
      does: "what the machine has and one tag more; it ends when there is no work",
      line: "cupel worker --nats nats://broker:4222 --caps auto,team-disk --idle-exit 5m",
    },
  ],
  exitCodes:
    "0 it was told to stop (SIGTERM, SIGINT), or ended by --idle-exit, --max-uptime or --once, and did what it held, 3 bad input; a second signal ends it at once",
  run: work,
};

async function work(
  _positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const log = (line: string) => context.stderr.write(`${line}\n`);
  const { settings, node: nodeOptions, limits } = await parseWorkerOptions(options, log);
  const { capabilities, key } = nodeOptions;
  const metrics = await openNodeMetrics(options, context);
  try {
    const topology = await openCluster(settings, "worker", (what) => log(`waiting for ${what}`));
    try {
      const { observe } = metrics ?? {};
      const name = `node ${key.fingerprint}`;
      const what = `${name} serves ${capabilities.join(", ")} at ${settings.servers.join(", ")}`;
      const onServing = () => context.stdout.write(`${what}\n`);
      const node = new ClusterNode(topology, { ...nodeOptions, observe, onServing, log });
      const reason = await untilItEnds(node, limits, context);
      context.stdout.write(`${name} stopped: ${sayReason(reason)}\n`);
    } finally {
      await topology.connection.close();
    }
  } finally {
    await metrics?.close();
  }
  return EXIT_OK;
}

/** A second signal does not wait for what the node holds. */
async function untilItEnds(
  node: ClusterNode,
  limits: LifetimeLimits,
  context: Context,
): Promise<StopReason> {
  let signals = 0;
  return await live(node, limits, (hear) => {
    const stopListening = onInterrupt((signal) => {
      if (++signals > 1) void exit(SIGNAL_EXIT[signal]);
      hear(signal);
    });
    // A node finishes what it holds: that may take longer than other commands have.
    context.interruption.release();
    return stopListening;
  });
}

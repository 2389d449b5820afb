import { randomBytes } from "node:crypto";
import { findNatsServer } from "../../tests/runner/nats_server.ts";
import { NatsServer } from "../../tests/cluster/support/nats_server.ts";
import { NodeProcess } from "../../tests/cluster/support/nodes.ts";
import { ClusterDispatcher } from "../../src/cluster/cluster_dispatcher.ts";
import type { Lane } from "../../src/cluster/lane.ts";
import { openCluster } from "../../src/cluster/open.ts";
import type { Topology } from "../../src/cluster/topology.ts";
import { NotMeasured } from "../frame/bench.ts";

/** As the cluster has it where nothing is said of it. */
export const ACK_WAIT_MS = 10_000;

/** Where all work of the benches queues. */
export const LANE: Lane = { tenant: "default", capabilityClass: "cpu", priority: "normal" };

/** A real nats-server with files of its own, and what is started to work with it. */
export interface BenchCluster {
  url: string;
  prefix: string;
  /** A connection of its own: whoever opens one closes it. */
  open(role: string): Promise<Topology>;
  /** What dispatches over a connection of its own. */
  dispatcher(): Promise<ClusterDispatcher>;
}

/**
 * Gives a cluster of some node processes, `cupel worker --concurrency 1` each, and takes everything away
 * when the body ends.
 *
 * @throws NotMeasured where there is no nats-server.
 */
export async function withCluster<T>(
  nodes: number,
  body: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  if (findNatsServer() === undefined) throw new NotMeasured("no nats-server");
  const prefix = `bench-${randomBytes(4).toString("hex")}`;
  const server = await NatsServer.start();
  const started: NodeProcess[] = [];
  try {
    const args = ["--prefix", prefix, "--concurrency", "1"];
    for (let at = 0; at < nodes; at++) started.push(await NodeProcess.start(server.url, args));
    const open = (role: string) =>
      openCluster({ servers: [server.url], prefix, ackWaitMs: ACK_WAIT_MS }, role);
    return await body({
      url: server.url,
      prefix,
      open,
      dispatcher: async () =>
        new ClusterDispatcher(await open("controller"), { lane: LANE, mostInFlight: 1000 }),
    });
  } finally {
    await Promise.all(started.map((node) => node.stop()));
    await server.close();
  }
}

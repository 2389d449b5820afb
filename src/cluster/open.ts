import type { Dispatcher } from "../evaluate/dispatcher.ts";
import { ClusterDispatcher } from "./cluster_dispatcher.ts";
import type { ClusterSettings } from "./cluster_options.ts";
import { connectTo } from "./connection.ts";
import { openTopology, type Topology } from "./topology.ts";

/**
 * Connects to a cluster.
 *
 * @param role What the server calls the connection.
 * @throws {CupelError} `bad-input` where there is none that can be used.
 */
export async function openCluster(
  { servers, prefix, ackWaitMs }: Pick<ClusterSettings, "servers" | "prefix" | "ackWaitMs">,
  role: string,
): Promise<Topology> {
  const connection = await connectTo({ servers, name: `cupel ${role}` });
  try {
    return await openTopology(connection, prefix, ackWaitMs);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Connects to a cluster and gives what dispatches to it. @throws as {@linkcode openCluster}. */
export async function openClusterDispatcher(
  settings: ClusterSettings,
  onWaiting?: (reason: string) => void,
): Promise<Dispatcher> {
  const topology = await openCluster(settings, "controller");
  const { requires, inFlight } = settings;
  return new ClusterDispatcher(topology, { requires, width: inFlight, onWaiting });
}

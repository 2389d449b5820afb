import type { Dispatcher } from "../evaluate/dispatcher.ts";
import { classOf } from "./capabilities.ts";
import { ClusterDispatcher } from "./cluster_dispatcher.ts";
import type { ClusterSettings } from "./cluster_options.ts";
import { connectTo } from "./connection.ts";
import type { Credentials } from "./credentials.ts";
import type { ControllerEvent, Observer } from "./events.ts";
import { serverError } from "./provision.ts";
import { whileServerIsAway } from "./retry.ts";
import { openTopology, type Topology } from "./topology.ts";

/** Where a cluster is, and who we are to it. */
export type ClusterAddress =
  & Pick<ClusterSettings, "servers" | "prefix" | "ackWaitMs">
  & Credentials;

/**
 * Connects to a cluster.
 *
 * @param role What the server calls the connection.
 * @param onWaiting See {@linkcode openTopology}.
 * @throws {CupelError} `bad-input` where there is none that can be used.
 */
export async function openCluster(
  address: ClusterAddress,
  role: string,
  onWaiting?: (reason: string) => void,
): Promise<Topology> {
  const connection = await connectTo({ ...address, name: `cupel ${role}` });
  try {
    return await whileServerIsAway(() =>
      openTopology(connection, address.prefix, address.ackWaitMs, onWaiting)
    );
  } catch (error) {
    await connection.close();
    throw serverError(error);
  }
}

/** Who wants to know what a dispatcher does. */
export interface Listeners {
  onWaiting?: ((reason: string) => void) | undefined;
  onResumed?: ((batches: number) => void) | undefined;
  onNotice?: ((line: string) => void) | undefined;
  observe?: Observer<ControllerEvent> | undefined;
}

/** Connects to a cluster and gives what dispatches to it. @throws as {@linkcode openCluster}. */
export async function openClusterDispatcher(
  settings: ClusterSettings,
  { onWaiting, onResumed, onNotice, observe }: Listeners,
): Promise<Dispatcher> {
  const { requires, tenant, priority, inFlight, runName, trustedNodes } = settings;
  return new ClusterDispatcher(await openCluster(settings, "controller"), {
    lane: { tenant, capabilityClass: classOf(requires), priority },
    mostInFlight: inFlight,
    runName,
    trusted: trustedNodes && new Set(trustedNodes),
    onWaiting,
    onResumed,
    onNotice,
    observe,
  });
}

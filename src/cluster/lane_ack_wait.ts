import type { ConsumerInfo } from "@nats-io/jetstream";
import { type Lane, laneKey } from "./lane.ts";
import { NANOSECONDS_PER_MS } from "./nanoseconds.ts";

/** Milliseconds after which a lane delivers a batch again whose node says nothing: those of who made the lane. */
export function ackWaitOf({ config }: Pick<ConsumerInfo, "config">, otherwiseMs: number): number {
  const { ack_wait: nanoseconds } = config;
  return nanoseconds === undefined ? otherwiseMs : nanoseconds / NANOSECONDS_PER_MS;
}

/**
 * What people should know of a lane that does not wait as long as this process was told; nothing where it does.
 *
 * @param toldMs What `--ack-wait` says.
 */
export function sayOtherAckWait(lane: Lane, laneMs: number, toldMs: number): string | undefined {
  if (laneMs === toldMs) return undefined;
  return `the lane ${
    laneKey(lane)
  } was made with --ack-wait ${laneMs}ms, and this process was told ` +
    `${toldMs}ms: the lane's counts`;
}

import { setTimeout as sleep } from "node:timers/promises";
import { JetStreamApiError } from "@nats-io/jetstream";
import { isOutOfRoom, isSilence } from "./provision.ts";

/** Milliseconds between two tries. */
const EVERY_MS = 250;

/** Milliseconds for which a server may be away before who waits for it gives up. */
const PATIENCE_MS = 30_000;

/** JetStream's code for "not now": its server has only just come back. */
const TEMPORARILY_UNAVAILABLE = 10_008;

/**
 * Does something that needs the server, again and again while the server is away.
 *
 * @throws What it threw last; at once what no waiting mends.
 */
export function whileServerIsAway<T>(body: () => Promise<T>): Promise<T> {
  return retry(body, (error, sinceMs) => isAway(error) && sinceMs < PATIENCE_MS);
}

/**
 * Stores something, again and again while the server is away or full: what a node holds is not given back
 * for that, as another one could do no better, and deliveries are counted. For room it waits without end:
 * somebody has to make it, and what was done must not be lost meanwhile.
 *
 * @param over Ends the waiting for room.
 * @param onFull Hears each time that there is no room.
 * @throws as {@linkcode whileServerIsAway}.
 */
export function untilStored<T>(
  body: () => Promise<T>,
  over: AbortSignal,
  onFull: (error: JetStreamApiError) => void,
): Promise<T> {
  return retry(body, (error, sinceMs) => {
    if (!isOutOfRoom(error)) return isAway(error) && sinceMs < PATIENCE_MS;
    onFull(error);
    return !over.aborted;
  });
}

async function retry<T>(
  body: () => Promise<T>,
  isWorthIt: (error: unknown, sinceMs: number) => boolean,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await body();
    } catch (error) {
      if (!isWorthIt(error, performance.now() - startedAt)) throw error;
      await sleep(EVERY_MS);
    }
  }
}

function isAway(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === TEMPORARILY_UNAVAILABLE;
  return isSilence(error);
}

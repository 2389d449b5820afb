import { setTimeout as sleep } from "node:timers/promises";
import { CupelError } from "../errors.ts";
import { MessageError } from "./parse_message.ts";
import { isForbidden, isOutOfRoom } from "./provision.ts";

/** Milliseconds between two tries. */
const EVERY_MS = 250;

/** Milliseconds for which a server may be away before who waits for it gives up. */
const PATIENCE_MS = 30_000;

/**
 * Does something that needs the server, again and again while the server is away: what a node holds is not
 * given back for that, as another one could do no better, and deliveries are counted. A server that is full
 * is waited for without end: somebody has to make room, and what was done must not be lost meanwhile.
 *
 * @param over Ends the waiting for room.
 * @throws What it threw last; at once what no waiting mends: a {@linkcode CupelError}, a message that is none,
 * what the server does not allow.
 */
export async function whileServerIsAway<T>(
  body: () => Promise<T>,
  over?: AbortSignal,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await body();
    } catch (error) {
      if (error instanceof CupelError || error instanceof MessageError) throw error;
      if (isForbidden(error) || over?.aborted) throw error;
      if (!isOutOfRoom(error) && performance.now() - startedAt >= PATIENCE_MS) throw error;
      await sleep(EVERY_MS);
    }
  }
}

import { setInterval } from "node:timers";
import type { KV, KvWatchEntry } from "@nats-io/kv";
import { isMissing } from "./provision.ts";
import type { Topology } from "./topology.ts";

/** Milliseconds between two looks whether a bucket is still the one that is watched. */
const LOOK_MS = 10_000;

/** Milliseconds between two looks where what is watched decides who hears of work. */
export function lookMs({ ackWaitMs }: Pick<Topology, "ackWaitMs">): number {
  return Math.min(LOOK_MS, ackWaitMs);
}

/** How a bucket is watched. */
export interface SteadyWatchOptions {
  /** Hears each entry that there is, and each that comes or goes: those that there are again with a new bucket. */
  onEntry(entry: KvWatchEntry): void;
  /** Hears only what comes or goes from now on. */
  updatesOnly?: boolean;
  /** Makes the bucket again where it is gone; it is left to others where this is left out. */
  restore?: (() => Promise<void>) | undefined;
  /** Milliseconds between two looks; ten seconds where it is left out. */
  everyMs?: number | undefined;
}

/**
 * Watches a bucket for as long as it takes, also where it was deleted and made again, as a server has lost
 * its disk. A watch of the library hears nothing of the new one: it waits for an entry after the last of the
 * old. So the stream is asked every now and then when it was made (`STREAM.INFO`, which all roles may).
 */
export class SteadyWatch {
  readonly #bucket: KV;
  readonly #options: SteadyWatchOptions;
  /** When the bucket was made that is watched, as the server says it. */
  #made: string | undefined;
  #entries: { stop(): void } | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isLooking = false;
  #isClosed = false;

  private constructor(bucket: KV, options: SteadyWatchOptions) {
    this.#bucket = bucket;
    this.#options = options;
  }

  /** Begins to watch. @throws Where the server does not answer, or the bucket is not there. */
  static async start(bucket: KV, options: SteadyWatchOptions): Promise<SteadyWatch> {
    const watch = new SteadyWatch(bucket, options);
    await watch.#look();
    // The connection keeps a process alive, not this.
    watch.#timer = setInterval(() => void watch.#lookAgain(), options.everyMs ?? LOOK_MS).unref();
    return watch;
  }

  /** Watches no more. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#entries?.stop();
  }

  async #lookAgain(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.#look().catch((error) => this.#restore(error));
    } catch (error) {
      // The server is away, or the bucket is not there yet: the next look may find more.
      if (isClosing(error)) this.close();
    } finally {
      this.#isLooking = false;
    }
  }

  async #restore(error: unknown): Promise<void> {
    const { restore } = this.#options;
    if (!isMissing(error) || restore === undefined) throw error;
    await restore();
    await this.#look();
  }

  async #look(): Promise<void> {
    // In this order: one that is made in between is found to be another at the next look.
    const made = await this.#whenMade();
    if (made === this.#made) return;
    const { updatesOnly } = this.#options;
    const entries = await this.#bucket.watch(updatesOnly ? { include: "updates" } : {});
    if (this.#isClosed) return entries.stop();
    this.#entries?.stop();
    this.#entries = entries;
    this.#made = made;
    // Without an end by our hand it is watched anew, whatever ended it.
    const onEnd = () => {
      if (this.#entries === entries) this.#made = undefined;
    };
    void this.#read(entries).then(onEnd, onEnd);
  }

  async #read(entries: AsyncIterable<KvWatchEntry>): Promise<void> {
    for await (const entry of entries) this.#options.onEntry(entry);
  }

  async #whenMade(): Promise<string> {
    return (await this.#bucket.status()).streamInfo.created;
  }
}

/** Whether the connection is closed, by our own hand. */
function isClosing(error: unknown): boolean {
  return error instanceof Error &&
    ["ClosedConnectionError", "DrainingConnectionError"].includes(error.name);
}

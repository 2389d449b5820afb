import { freemem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { coreCount } from "../../runtime/host.ts";
import { machineMemory } from "../machine_memory.ts";
import { type Demand, desiredWorkers, type Machine } from "./desired_workers.ts";
import { RecentPeak } from "./recent_peak.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** Milliseconds between two looks at what is pending. */
const LOOK_MS = 1000;

/** Milliseconds for which workers are kept that are no longer needed: runs come in bursts. */
const KEEP_MS = 10_000;

/** What a spawner goes by. */
export interface SpawnerOptions extends Pick<Demand, "concurrency" | "warm" | "max"> {
  /** Batches that wait or are in work. */
  pending(): Promise<number>;
  pool: WorkerPool;
  /** Hears what people may want to know, a line at a time. */
  log?: (line: string) => void;
  /** What the machine has; this one where it is left out. */
  machine?: () => Promise<Machine>;
  lookMs?: number;
  /** The clock by which workers are kept for a while, in milliseconds. */
  now?: () => number;
}

/** Keeps as many workers as there is work for: see docs/cluster.md. */
export class Spawner {
  readonly #options: SpawnerOptions;
  readonly #peak: RecentPeak;
  readonly #stop = new AbortController();
  #pending = 0;
  #wanted = 0;
  #isBlind = false;

  constructor(options: SpawnerOptions) {
    this.#options = options;
    this.#peak = new RecentPeak(KEEP_MS, options.now);
  }

  /** Lets {@linkcode run} end: once all workers have done what they hold. */
  stop(): void {
    this.#stop.abort();
  }

  /** Runs until it is stopped. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    const stopped = new Promise((resolve) => signal.addEventListener("abort", resolve));
    // A server that does not answer keeps a look waiting, and nothing else.
    await Promise.race([this.#lookOnAndOn(signal), stopped]);
    const { pool } = this.#options;
    if (pool.running > 0) {
      this.#log(`stopping: what is held by ${workers(pool.running)} is done first`);
    }
    await pool.close();
  }

  async #lookOnAndOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(signal);
      await sleep(this.#options.lookMs ?? LOOK_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { pool, machine = machineNow, concurrency, warm, max } = this.#options;
    await this.#count();
    const has = await machine();
    if (signal.aborted) return;
    const { live, running } = pool;
    const pending = this.#pending;
    const desired = desiredWorkers({ pending, concurrency, warm, max, running, machine: has });
    // Only what is there is kept: the machine may have no more room for what was wanted a moment ago.
    const kept = Math.max(desired, Math.min(live, this.#peak.note(desired)));
    if (kept !== this.#wanted) {
      this.#log(`${count(pending, "batch", "es")} pending: ${workers(kept)} wanted`);
    }
    this.#wanted = kept;
    pool.want(kept);
  }

  /** Where nobody answers, what was true last is the best that is known. */
  async #count(): Promise<void> {
    try {
      this.#pending = await this.#options.pending();
      if (this.#isBlind) this.#log("the server answers again");
      this.#isBlind = false;
    } catch (error) {
      if (!this.#isBlind) {
        const why = error instanceof Error ? error.message : String(error);
        this.#log(`cannot ask the server what is pending: ${why}`);
      }
      this.#isBlind = true;
    }
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

async function machineNow(): Promise<Machine> {
  return { cores: coreCount(), memoryBytes: await machineMemory(), freeBytes: freemem() };
}

function count(amount: number, one: string, plural: string): string {
  return `${amount} ${one}${amount === 1 ? "" : plural}`;
}

function workers(amount: number): string {
  return count(amount, "worker", "s");
}

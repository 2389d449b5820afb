import type { SpawnerObserver } from "../metrics/spawner_metrics.ts";
import { Backoff, type BackoffTimes } from "./backoff.ts";
import { type WorkerEnd, WorkerProcess } from "./worker_process.ts";

/** How a pool keeps its workers. */
export interface WorkerPoolOptions {
  /** The program and arguments of a worker; no two that run have the same number, from 1. */
  commandOf(number: number): readonly string[];
  /** Hears what becomes of workers: those count as living that were not told to stop. */
  observe?: SpawnerObserver | undefined;
  /** Hears what people may want to know, a line at a time. */
  log?: (line: string) => void;
  /**
   * A worker that dies within so many milliseconds from when it serves, or before it does, has no use for
   * another that starts at once.
   */
  youngMs?: number;
  times?: BackoffTimes;
}

const YOUNG_MS = 5000;
const TIMES: BackoffTimes = { firstMs: 500, mostMs: 60_000, quietMs: 60_000 };

/** Keeps as many worker processes as are wanted: what dies is replaced. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #backoff: Backoff;
  readonly #workers = new Map<number, WorkerProcess>();
  #desired = 0;
  #counted = { live: 0, desired: 0 };
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.times ?? TIMES);
  }

  /** Workers that were not told to stop. */
  get live(): number {
    return this.#serving().length;
  }

  /** Processes that there are, those that do their last batches included. */
  get running(): number {
    return this.#workers.size;
  }

  /** From now on there should be so many. Those that are too many are told to stop: they lose nothing. */
  want(count: number): void {
    if (this.#isClosed) return;
    this.#desired = count;
    this.#adjust();
  }

  /** Tells all to stop, and waits until they have. */
  async close(): Promise<void> {
    this.want(0);
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#workers.values()].map(({ ended }) => ended));
  }

  /** Ends all at once. */
  kill(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const worker of this.#workers.values()) worker.kill();
  }

  #serving(): WorkerProcess[] {
    return [...this.#workers.values()].filter(({ isTold }) => !isTold);
  }

  #adjust(): void {
    const serving = this.#serving();
    // The newest have the least in their caches.
    const newestFirst = serving.sort((one, other) => other.startedAt - one.startedAt);
    const surplus = Math.max(0, serving.length - this.#desired);
    for (const worker of newestFirst.slice(0, surplus)) worker.tell();
    while (!this.#isClosed && this.live < this.#desired && this.#mayStart()) this.#start();
    this.#count();
  }

  #count(): void {
    const [live, desired] = [this.live, this.#desired];
    if (live === this.#counted.live && desired === this.#counted.desired) return;
    this.#counted = { live, desired };
    this.#options.observe?.onCount(live, desired);
  }

  #mayStart(): boolean {
    const { waitMs } = this.#backoff;
    if (waitMs === 0) return true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#adjust(), waitMs);
    return false;
  }

  #start(): void {
    let number = 1;
    while (this.#workers.has(number)) number++;
    const worker = new WorkerProcess(this.#options.commandOf(number));
    this.#workers.set(number, worker);
    void worker.ended.then((end) => this.#ended(number, worker, end));
  }

  #ended(number: number, worker: WorkerProcess, { reason, how }: WorkerEnd): void {
    this.#workers.delete(number);
    const isFailure = reason === "crashed" || reason === "killed";
    const isYoung = worker.servedMs <= (this.#options.youngMs ?? YOUNG_MS);
    if (isFailure && isYoung) this.#backoff.failed();
    if (isFailure) this.#logFailure(`worker ${number} ${reason} (${how})`);
    this.#options.observe?.onExit(reason);
    this.#adjust();
  }

  #logFailure(what: string): void {
    const { waitMs } = this.#backoff;
    const next = this.#isClosed || waitMs === 0
      ? ""
      : `: none is started for ${(waitMs / 1000).toFixed(1)} s`;
    this.#options.log?.(`${what}${next}`);
  }
}

import { SandboxError } from "../errors.ts";
import { Incidents } from "./incidents.ts";
import { PoolWorker } from "./pool_worker.ts";
import { Turnstile } from "./turnstile.ts";

/** What a pool's workers are. */
export interface WorkerPoolOptions<Init> {
  /** The entry module of a worker; it calls `serveJobs`. */
  program: URL;
  /** Most workers at a time. They are started as they are needed. */
  size: number;
  /** What each worker is started with: anything that structured clone copies, maybe not ready yet. */
  init: Init | Promise<Init>;
  /** Most milliseconds of wall-clock time for one guarded call. */
  deadlineMs: number;
}

/** What becomes of one job. */
export interface JobHooks<Job, Item> {
  /** Takes each item of the job, in order, once. */
  onItem(item: Item): void;
  /** What is left of the job when `delivered` items have been taken; null for nothing. */
  resume(delivered: number): Job | null;
  /** Stops the job. `run` then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Worker threads that do jobs with isolates, under a wall-clock watchdog.
 *
 * A job is a sequence of units, each of which ends with an item. Where a worker dies, or has to be ended
 * because a call ran past its deadline, another one carries on with the first unit that was not
 * delivered, and that call is answered without being made. So no item is lost and none comes twice, and
 * which worker did what cannot be told from the results.
 */
export class WorkerPool<Init, Job, Item> {
  readonly #options: WorkerPoolOptions<Init>;
  readonly #turnstile: Turnstile;
  readonly #idle: PoolWorker<Init, Job, Item>[] = [];
  /** Threads that were started ahead of their use. */
  readonly #spare: PoolWorker<Init, Job, Item>[] = [];
  readonly #alive = new Set<PoolWorker<Init, Job, Item>>();
  readonly #endings = new Set<Promise<void>>();
  /** What happened while workers started; the same for all of them. */
  readonly #startIncidents: Incidents;
  readonly #closing = new AbortController();

  /** @throws RangeError for a size or a deadline below 1. */
  constructor(options: WorkerPoolOptions<Init>) {
    requirePositive("size", options.size);
    requirePositive("deadlineMs", options.deadlineMs);
    this.#options = options;
    this.#turnstile = new Turnstile(options.size);
    this.#startIncidents = new Incidents(options.deadlineMs);
  }

  /** Starts all threads now, while `init` may not be ready yet. */
  warmUp(): void {
    while (this.#alive.size < this.#options.size) this.#spare.push(this.#spawn());
  }

  /**
   * Takes over the idle threads of a pool of the same program that is done with, as far as there is room.
   * They are started anew with this pool's `init`; what the other one's left in them goes then.
   */
  takeOver(other: WorkerPool<Init, Job, Item>): void {
    while (this.#alive.size < this.#options.size) {
      const worker = other.#idle.pop();
      if (worker === undefined) return;
      other.#alive.delete(worker);
      this.#alive.add(worker);
      this.#spare.push(worker);
    }
  }

  /**
   * Does one job; jobs wait for a worker in the order they were given.
   *
   * @throws {SandboxError} `worker` where a worker cannot be started, or dies twice where no call can
   * be blamed; `closed` where the pool was closed. The signal's reason where the job was stopped; what
   * a hook threw, or `init` rejected with.
   */
  async run(job: Job, hooks: JobHooks<Job, Item>): Promise<void> {
    const signals = [this.#closing.signal, ...(hooks.signal === undefined ? [] : [hooks.signal])];
    const signal = AbortSignal.any(signals);
    await this.#turnstile.enter(signal);
    try {
      await this.#finish(job, hooks, signal);
    } finally {
      this.#turnstile.leave();
    }
  }

  /** Ends every worker; jobs that are not done reject with `closed`. Calling it again does nothing. */
  async close(): Promise<void> {
    this.#closing.abort(new SandboxError("closed", "The worker pool was closed"));
    for (const worker of [...this.#alive]) this.#retire(worker);
    await Promise.all(this.#endings);
  }

  async #finish(job: Job, hooks: JobHooks<Job, Item>, signal: AbortSignal): Promise<void> {
    const incidents = new Incidents(this.#options.deadlineMs);
    let delivered = 0;
    for (let rest: Job | null = job; rest !== null; rest = hooks.resume(delivered)) {
      const first = delivered;
      const worker = await this.#worker(signal);
      const stop = () => this.#retire(worker);
      signal.addEventListener("abort", stop, { once: true });
      try {
        signal.throwIfAborted();
        const ending = await worker.execute(rest, incidents.answersFrom(first), (item) => {
          // A hook may abort in the middle of a message; nothing comes after that.
          if (signal.aborted) return;
          delivered += 1;
          hooks.onItem(item);
        });
        signal.throwIfAborted();
        if (ending === null) return;
        incidents.record(ending, first);
      } finally {
        signal.removeEventListener("abort", stop);
        await this.#giveBack(worker);
      }
    }
  }

  /** A worker that is ready: an idle one, or a new one. */
  async #worker(signal: AbortSignal): Promise<PoolWorker<Init, Job, Item>> {
    const init = await this.#options.init;
    for (;;) {
      signal.throwIfAborted();
      const idle = this.#idle.pop();
      if (idle?.isIdle) return idle;
      if (idle !== undefined) await this.#retire(idle);
      const worker = this.#takeSpare() ?? this.#spawn();
      const stop = () => this.#retire(worker);
      signal.addEventListener("abort", stop, { once: true });
      const ending = await worker.start(init, this.#startIncidents.answersFrom(0));
      signal.removeEventListener("abort", stop);
      if (ending === null) return worker;
      await this.#retire(worker);
      signal.throwIfAborted();
      if (ending.position.inCall) this.#startIncidents.record(ending, 0);
      else this.#fail(new SandboxError("worker", `Cannot start a worker: ${ending.message}`));
    }
  }

  /** A thread that was started ahead of its use and still lives. */
  #takeSpare(): PoolWorker<Init, Job, Item> | undefined {
    for (;;) {
      const spare = this.#spare.pop();
      if (spare === undefined || spare.isIdle) return spare;
      void this.#retire(spare);
    }
  }

  #spawn(): PoolWorker<Init, Job, Item> {
    const { program, deadlineMs } = this.#options;
    const worker = new PoolWorker<Init, Job, Item>(program, deadlineMs);
    this.#alive.add(worker);
    return worker;
  }

  /** Workers are all alike: where one cannot start, none can. */
  #fail(error: SandboxError): never {
    this.#closing.abort(error);
    throw error;
  }

  async #giveBack(worker: PoolWorker<Init, Job, Item>): Promise<void> {
    if (worker.isIdle) this.#idle.push(worker);
    else await this.#retire(worker);
  }

  #retire(worker: PoolWorker<Init, Job, Item>): Promise<void> {
    this.#alive.delete(worker);
    const ending = worker.retire();
    this.#endings.add(ending);
    return ending.finally(() => this.#endings.delete(ending));
  }
}

function requirePositive(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(
    `Cannot make a worker pool as ${name} must be a positive integer: current value is ${value}`,
  );
}

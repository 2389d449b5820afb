import type { Subscription } from "@nats-io/transport-node";
import { cancelled } from "../errors.ts";
import type { ControllerEvent, Observer } from "./events.ts";
import { jobId, messageId } from "./job_id.ts";
import type { Lane } from "./lane.ts";
import {
  type BatchMessage,
  type ClusterJob,
  MESSAGE_VERSION,
  type ResultMessage,
} from "./messages.ts";
import { valueOf, type WholeOutcome } from "./outcome_message.ts";
import { isForbidden, isOutOfRoom, serverError } from "./provision.ts";
import { type RawResult, readResult } from "./result_headers.ts";
import { joinOutcome } from "./result_parts.ts";
import type { Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** The run whose jobs are done, and how. */
export interface JobsOptions {
  topology: Topology;
  tenant: Tenant;
  lane: Lane;
  run: string;
  /** Epoch of the first message of each job: greater than those of all earlier controllers of the run. */
  epoch: number;
  /** Names of jobs whose results may be stored already. */
  stored: ReadonlySet<string>;
  /** Fingerprints of the nodes whose results count; those of all where it is left out. */
  trusted?: ReadonlySet<string> | undefined;
  observe: Observer<ControllerEvent>;
  /** Hears what a job's node says that it took, in milliseconds. */
  onDone(job: ClusterJob, wallMs: number): void;
}

interface Pending {
  message: BatchMessage;
  /** When it was published last, by this process's clock. */
  publishedAt: number;
  since: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Jobs of one run that nodes were asked to do. Each is answered once: further results of the same job are
 * dropped. Results are heard as they are published; what is missed so, as a connection breaks, is found in
 * the stream when expected and received are compared.
 */
export class PendingJobs {
  readonly #options: JobsOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #done = new Set<string>();
  readonly #subscription: Subscription;
  #failure: { error: unknown } | undefined;

  constructor(options: JobsOptions) {
    this.#options = options;
    const { topology, tenant, run } = options;
    this.#subscription = topology.connection.subscribe(tenant.names.results(run), {
      callback: (_, { data, headers }) => {
        // What fails so, as the server is away, is found when expected and received are compared.
        this.#take({ data, headers }).catch(() => {});
      },
    });
  }

  /** Jobs that were answered. */
  get settled(): number {
    return this.#done.size;
  }

  /** Whether it ended before its time: another process may go on with what is done. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Jobs that wait for an answer. */
  get size(): number {
    return this.#pending.size;
  }

  /** Asks for a job; the promise rejects with `cancelled` where the signal is aborted first. */
  do(job: ClusterJob, signal?: AbortSignal): Promise<unknown> {
    const { lane: { tenant, capabilityClass, priority }, run, epoch, stored } = this.#options;
    const id = jobId(run, job);
    const createdAt = new Date().toISOString();
    const message: BatchMessage = {
      v: MESSAGE_VERSION,
      id,
      tenant,
      run,
      capabilityClass,
      priority,
      epoch,
      job,
      createdAt,
    };
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    this.#done.delete(id);
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#cancel(id);
      const end = () => signal?.removeEventListener("abort", onAbort);
      const since = performance.now();
      this.#pending.set(id, {
        message,
        publishedAt: since,
        since,
        resolve: (value) => (end(), resolve(value)),
        reject: (error) => (end(), reject(error)),
      });
      signal?.addEventListener("abort", onAbort);
      void (stored.has(id) ? this.#fetch(id) : this.#publish(id));
    });
  }

  /**
   * Compares what is expected with what is there: takes results that were missed, publishes what was lost.
   *
   * @param forMs Only of jobs that were published longer ago.
   */
  async compare(forMs: number): Promise<void> {
    for (const [id, pending] of [...this.#pending]) {
      if (performance.now() - pending.publishedAt < forMs) continue;
      await this.#compareOne(id, pending);
    }
  }

  /** Ends all jobs that wait, and all that come, with an error. */
  fail(error: unknown): void {
    this.#failure = { error };
    for (const id of [...this.#pending.keys()]) this.#settle(id, ({ reject }) => reject(error));
  }

  /** Waits for nothing any more. */
  close(): void {
    this.#subscription.unsubscribe();
    for (const id of [...this.#pending.keys()]) this.#cancel(id);
  }

  /** What does not get through is published again when expected and received are compared. */
  async #publish(id: string): Promise<void> {
    const { topology: { client }, tenant, lane, run, observe } = this.#options;
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const { message } = pending;
    const first = this.#options.epoch;
    pending.publishedAt = performance.now();
    observe({
      kind: "dispatched",
      capabilityClass: lane.capabilityClass,
      epoch: message.epoch - first,
    });
    try {
      const msgID = messageId(id, message.epoch);
      await client.publish(tenant.names.batch(lane, run, id), JSON.stringify(message), { msgID });
    } catch (error) {
      // A server that is full does not get emptier by waiting.
      if (isOutOfRoom(error) || isForbidden(error)) this.fail(serverError(error));
    }
  }

  /** Takes a result that is stored; where it is not one that counts, the job is published after all. */
  async #fetch(id: string): Promise<void> {
    try {
      if (await this.#takeStored(id)) return;
    } catch {
      // The server is away: the comparison finds the job as it is.
      return;
    }
    await this.#publish(id);
  }

  async #takeStored(id: string): Promise<boolean> {
    const { topology: { manager }, tenant: { names }, run } = this.#options;
    const found = await manager.streams.getMessage(names.resultStream, {
      last_by_subj: names.result(run, id),
    });
    return found !== null && await this.#take({ data: found.data, headers: found.header });
  }

  #cancel(id: string): void {
    const { topology: { manager }, tenant: { names }, lane, run, observe } = this.#options;
    const filter = names.batch(lane, run, id);
    manager.streams.purge(names.batchStream, { filter }).catch(() => {});
    observe({ kind: "cancelled", capabilityClass: lane.capabilityClass });
    this.#settle(id, ({ reject }) => reject(cancelled()));
  }

  /** @returns Whether it was a result that counts. */
  async #take(raw: RawResult): Promise<boolean> {
    const { topology: { manager }, tenant: { names }, observe, trusted, run } = this.#options;
    const { lane: { capabilityClass } } = this.#options;
    const message = readResult(raw, trusted);
    if (message === undefined || message.run !== run) {
      observe({ kind: "refused", capabilityClass });
      return false;
    }
    const { id } = message;
    const isWanted = this.#pending.has(id);
    const outcome = isWanted ? await joinOutcome({ manager, names }, message) : undefined;
    if (isWanted && outcome === undefined) return false;
    // While its parts were fetched, another result of the same job may have come.
    const pending = this.#pending.get(id);
    if (pending === undefined || outcome === undefined) {
      if (this.#done.has(id)) observe({ kind: "duplicate", capabilityClass });
      return false;
    }
    this.#answer(pending, message, outcome);
    return true;
  }

  #answer(
    { message: { job }, since }: Pending,
    { id, wallMs }: ResultMessage,
    outcome: WholeOutcome,
  ): void {
    const { observe, lane: { capabilityClass }, onDone } = this.#options;
    this.#settle(id, ({ resolve, reject }) => {
      onDone(job, wallMs);
      observe({
        kind: "completed",
        capabilityClass,
        outcome: outcome.ok ? "ok" : "error",
        wallMs: performance.now() - since,
      });
      valueOf(outcome).then(resolve, reject);
    });
  }

  #settle(id: string, body: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending === undefined) return;
    this.#done.add(id);
    body(pending);
  }

  async #compareOne(id: string, pending: Pending): Promise<void> {
    const { topology: { manager }, tenant: { names }, lane, run } = this.#options;
    // In this order: a batch leaves its stream after its result has come into the other.
    const batch = await manager.streams.getMessage(names.batchStream, {
      last_by_subj: names.batch(lane, run, id),
    });
    if (await this.#takeStored(id)) return;
    if (batch !== null || !this.#pending.has(id)) return;
    pending.message = { ...pending.message, epoch: pending.message.epoch + 1 };
    await this.#publish(id);
  }
}

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
import type { WholeOutcome } from "./outcome_message.ts";
import { MessageError } from "./parse_message.ts";
import { type Ending, type JobRequest, PendingJob } from "./pending_job.ts";
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
  /** Hears of a node whose signed result is not what its job comes to, and why. */
  onRefused(node: string, reason: string): void;
}

/**
 * Jobs of one run that nodes were asked to do. Each is answered once: further results of the same job are
 * dropped. Results are heard as they are published; what is missed so, as a connection breaks, is found in
 * the stream when expected and received are compared.
 */
export class PendingJobs {
  readonly #options: JobsOptions;
  readonly #pending = new Map<string, PendingJob>();
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
  do<T>({ job, read }: JobRequest<T>, signal?: AbortSignal): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    const message = this.#messageOf(job);
    const { id } = message;
    const { pending, promise } = PendingJob.of(message, read);
    this.#done.delete(id);
    this.#pending.set(id, pending);
    const onAbort = () => this.#cancel(id);
    signal?.addEventListener("abort", onAbort);
    void (this.#options.stored.has(id) ? this.#fetch(id) : this.#publish(id));
    return promise.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  #messageOf(job: ClusterJob): BatchMessage {
    const { lane: { tenant, capabilityClass, priority }, run, epoch } = this.#options;
    const id = jobId(run, job);
    const createdAt = new Date().toISOString();
    const v = MESSAGE_VERSION;
    return { v, id, tenant, run, capabilityClass, priority, epoch, job, createdAt };
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
    const wanted = this.#pending.get(id);
    if (wanted === undefined) return this.#drop(id);
    const outcome = await joinOutcome({ manager, names }, message);
    const end = outcome && await this.#read(wanted, message, outcome);
    if (outcome === undefined || end === undefined) return false;
    // While it was read, another result of the same job may have come.
    if (this.#pending.get(id) !== wanted) return this.#drop(id);
    this.#answer(message, outcome, end);
    return true;
  }

  /** A result that nobody waits for. */
  #drop(id: string): false {
    const { observe, lane: { capabilityClass } } = this.#options;
    if (this.#done.has(id)) observe({ kind: "duplicate", capabilityClass });
    return false;
  }

  /** @returns Nothing where it is not what such a job comes to: then it is as if it never came. */
  async #read(
    pending: PendingJob,
    { node }: ResultMessage,
    outcome: WholeOutcome,
  ): Promise<Ending | undefined> {
    try {
      return await pending.endingOf(outcome);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      const { observe, lane: { capabilityClass }, onRefused } = this.#options;
      observe({ kind: "refused", capabilityClass });
      onRefused(node, error.message);
      return undefined;
    }
  }

  #answer({ id, wallMs }: ResultMessage, { ok }: WholeOutcome, end: Ending): void {
    const { observe, lane: { capabilityClass }, onDone } = this.#options;
    this.#settle(id, ({ message: { job }, since }) => {
      onDone(job, wallMs);
      observe({
        kind: "completed",
        capabilityClass,
        outcome: ok ? "ok" : "error",
        wallMs: performance.now() - since,
      });
      end();
    });
  }

  #settle(id: string, body: (pending: PendingJob) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending === undefined) return;
    this.#done.add(id);
    body(pending);
  }

  async #compareOne(id: string, pending: PendingJob): Promise<void> {
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

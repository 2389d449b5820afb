import type { Subscription } from "@nats-io/transport-node";
import { cancelled, CupelError } from "../errors.ts";
import type { BatchQueue } from "./batch_queue.ts";
import type { ControllerEvent, Observer } from "./events.ts";
import { jobId } from "./job_id.ts";
import type { Lane } from "./lane.ts";
import {
  type BatchMessage,
  type ClusterJob,
  MESSAGE_VERSION,
  type ResultMessage,
} from "./messages.ts";
import { OneAtATime } from "./one_at_a_time.ts";
import { isLarge } from "./outcome_message.ts";
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
  /** Where the run's batches are. */
  queue: BatchQueue;
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
  /** Jobs of which a result is being read. */
  readonly #reading = new Set<string>();
  /** Reads what may take much memory. */
  readonly #large = new OneAtATime();
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
   * Compares what is expected with what is there: takes results that were missed, publishes what was lost, or
   * what is there and will not be delivered.
   *
   * @param forMs Only of jobs that were published longer ago.
   */
  async compare(forMs: number): Promise<void> {
    const isDue = ({ publishedAt }: PendingJob) => performance.now() - publishedAt >= forMs;
    if (![...this.#pending.values()].some(isDue)) return;
    // Asked before the messages: what is there after it has passed them is not in work.
    const passed = await this.#options.queue.passed();
    for (const [id, pending] of [...this.#pending]) {
      if (isDue(pending)) await this.#compareOne(id, pending, passed);
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
    const { lane: { capabilityClass }, observe, queue, epoch: first } = this.#options;
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const { message } = pending;
    pending.publishedAt = performance.now();
    pending.isPublished = true;
    observe({ kind: "dispatched", capabilityClass, epoch: message.epoch - first });
    try {
      pending.sequence = await queue.publish(message);
      // What was cancelled meanwhile could not be removed then.
      if (this.#pending.get(id) !== pending) await queue.remove(pending.sequence);
    } catch (error) {
      if (error instanceof CupelError) this.#settle(id, ({ reject }) => reject(error));
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
    const { lane: { capabilityClass }, observe, queue } = this.#options;
    const sequence = this.#pending.get(id)?.sequence;
    // What cannot be removed now is done in vain, or goes when the run does.
    if (sequence !== undefined) queue.remove(sequence).catch(() => {});
    observe({ kind: "cancelled", capabilityClass });
    this.#settle(id, ({ reject }) => reject(cancelled()));
  }

  /** @returns Whether it was a result that counts. */
  async #take(raw: RawResult): Promise<boolean> {
    const { observe, trusted, run, lane: { capabilityClass } } = this.#options;
    const message = readResult(raw, trusted);
    if (message === undefined || message.run !== run) {
      observe({ kind: "refused", capabilityClass });
      return false;
    }
    const { id } = message;
    const wanted = this.#pending.get(id);
    if (wanted === undefined) return this.#drop(id);
    // Another one of the same job: where that does not count, the comparison finds this one in its stream.
    if (this.#reading.has(id)) return true;
    this.#reading.add(id);
    try {
      const read = () => this.#read(wanted, message);
      const end = isLarge(message.outcome) ? await this.#large.do(read) : await read();
      if (end === undefined) return false;
      if (this.#pending.get(id) !== wanted) return this.#drop(id);
      this.#answer(message, end);
      return true;
    } finally {
      this.#reading.delete(id);
    }
  }

  /** A result that nobody waits for. */
  #drop(id: string): false {
    const { observe, lane: { capabilityClass } } = this.#options;
    if (this.#done.has(id)) observe({ kind: "duplicate", capabilityClass });
    return false;
  }

  /** @returns Nothing where it is not what such a job comes to: then it is as if it never came. */
  async #read(pending: PendingJob, message: ResultMessage): Promise<Ending | undefined> {
    const { topology: { manager }, tenant: { names } } = this.#options;
    try {
      const outcome = await joinOutcome({ manager, names }, message);
      return outcome && await pending.endingOf(outcome, message.node);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      const { observe, lane: { capabilityClass }, onRefused } = this.#options;
      observe({ kind: "refused", capabilityClass });
      onRefused(message.node, error.message);
      return undefined;
    }
  }

  #answer({ id, wallMs, outcome: { ok } }: ResultMessage, end: Ending): void {
    const { observe, lane: { capabilityClass }, onDone } = this.#options;
    const outcome = ok ? "ok" : "error";
    this.#settle(id, ({ message: { job }, since, isPublished }) => {
      const took = performance.now() - since;
      // A node may say anything: it did not take longer than this process has waited.
      onDone(job, isPublished ? Math.min(wallMs, took) : wallMs);
      if (isPublished) observe({ kind: "completed", capabilityClass, outcome, wallMs: took });
      else observe({ kind: "recovered", capabilityClass, outcome });
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

  async #compareOne(id: string, pending: PendingJob, passed: number): Promise<void> {
    const { queue } = this.#options;
    // In this order: a batch leaves its stream after its result has come into the other.
    const batch = await queue.find(id);
    if (await this.#takeStored(id)) return;
    const isUnderWay = batch !== null && batch.seq > passed;
    if (isUnderWay || !this.#pending.has(id)) return;
    if (batch !== null) await queue.remove(batch.seq);
    const { message, isPublished } = pending;
    if (isPublished) pending.message = { ...message, epoch: message.epoch + 1 };
    await this.#publish(id);
  }
}

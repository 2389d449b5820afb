import type { Subscription } from "@nats-io/transport-node";
import { cancelled } from "../errors.ts";
import { requiredBy } from "./capabilities.ts";
import { jobId, messageId } from "./job_id.ts";
import {
  type BatchMessage,
  type ClusterJob,
  MESSAGE_VERSION,
  type ResultMessage,
  resultMessageSchema,
} from "./messages.ts";
import { livingNodes, missingFor } from "./node_registry.ts";
import { valueOf } from "./outcome_message.ts";
import { parseMessage } from "./parse_message.ts";
import type { Topology } from "./topology.ts";

interface Pending {
  message: BatchMessage;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Jobs of one run that nodes were asked to do. Each is answered once: further results of the same job are
 * dropped. Results are heard as they are published; what is missed so, as a connection breaks, is found in
 * the stream when expected and received are compared.
 */
export class PendingJobs {
  readonly #topology: Topology;
  readonly #run: string;
  readonly #class: string;
  readonly #pending = new Map<string, Pending>();
  readonly #subscription: Subscription;
  readonly #comparing: ReturnType<typeof setInterval>;
  readonly #onWaiting: (reason: string) => void;
  #isComparing = false;
  /** Jobs that were settled, and how many of them when expected and received were compared last. */
  #settled = 0;
  #settledBefore = 0;
  #waitingFor: string | undefined;

  /** @param onWaiting Hears what is missing where no node takes the batches, once for each reason. */
  constructor(
    topology: Topology,
    run: string,
    capabilityClass: string,
    onWaiting: (reason: string) => void = () => {},
  ) {
    this.#onWaiting = onWaiting;
    this.#topology = topology;
    this.#run = run;
    this.#class = capabilityClass;
    const { connection, names, ackWaitMs } = topology;
    this.#subscription = connection.subscribe(names.results(run), {
      callback: (_, message) => this.#take(message.data),
    });
    this.#comparing = setInterval(() => void this.#compare(), ackWaitMs / 2);
  }

  /** Asks for a job; the promise rejects with `cancelled` where the signal is aborted first. */
  do(job: ClusterJob, signal?: AbortSignal): Promise<unknown> {
    const id = jobId(this.#run, job);
    const createdAt = new Date().toISOString();
    const message = { v: MESSAGE_VERSION, id, run: this.#run, epoch: 0, job, createdAt } as const;
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#cancel(id);
      const end = () => signal?.removeEventListener("abort", onAbort);
      this.#pending.set(id, {
        message,
        resolve: (value) => (end(), resolve(value)),
        reject: (error) => (end(), reject(error)),
      });
      signal?.addEventListener("abort", onAbort);
      void this.#publish(message);
    });
  }

  /** Waits for nothing any more. */
  close(): void {
    clearInterval(this.#comparing);
    this.#subscription.unsubscribe();
    for (const id of [...this.#pending.keys()]) this.#cancel(id);
  }

  /** What does not get through is published again when expected and received are compared. */
  async #publish(message: BatchMessage): Promise<void> {
    const { client, names } = this.#topology;
    const subject = names.batch(this.#class, this.#run, message.id);
    const msgID = messageId(message.id, message.epoch);
    await client.publish(subject, JSON.stringify(message), { msgID }).catch(() => {});
  }

  #cancel(id: string): void {
    const { manager, names } = this.#topology;
    const filter = names.batch(this.#class, this.#run, id);
    manager.streams.purge(names.batchStream, { filter }).catch(() => {});
    this.#settle(id, ({ reject }) => reject(cancelled()));
  }

  #take(data: Uint8Array): void {
    let message: ResultMessage;
    try {
      message = parseMessage(resultMessageSchema, data, "a result");
    } catch {
      return; // Whatever it is, it is no result: the job is still pending.
    }
    this.#settle(message.id, ({ resolve, reject }) => {
      try {
        resolve(valueOf(message.outcome));
      } catch (error) {
        reject(error);
      }
    });
  }

  #settle(id: string, body: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending === undefined) return;
    this.#settled++;
    body(pending);
  }

  /** Compares what is expected with what is there: takes results that were missed, publishes what was lost. */
  async #compare(): Promise<void> {
    if (this.#isComparing) return;
    this.#isComparing = true;
    try {
      for (const [id, pending] of [...this.#pending]) await this.#compareOne(id, pending);
      await this.#lookForNodes();
    } catch {
      // The server is away. The next comparison finds the same.
    } finally {
      this.#isComparing = false;
    }
  }

  /** Where nothing went on since the last time, says why, if it is for want of a node. */
  async #lookForNodes(): Promise<void> {
    const wentOn = this.#settled > this.#settledBefore || this.#pending.size === 0;
    this.#settledBefore = this.#settled;
    const reason = wentOn ? undefined : missingFor(
      await livingNodes(this.#topology.nodes),
      this.#class,
      requiredBy(this.#class),
    );
    if (reason !== undefined && reason !== this.#waitingFor) this.#onWaiting(reason);
    this.#waitingFor = reason;
  }

  async #compareOne(id: string, pending: Pending): Promise<void> {
    const { manager, names } = this.#topology;
    const lastOf = (stream: string, subject: string) =>
      manager.streams.getMessage(stream, { last_by_subj: subject });
    // In this order: a batch leaves its stream after its result has come into the other.
    const batch = await lastOf(names.batchStream, names.batch(this.#class, this.#run, id));
    const result = await lastOf(names.resultStream, names.result(this.#run, id));
    if (result !== null) return this.#take(result.data);
    if (batch !== null || !this.#pending.has(id)) return;
    pending.message = { ...pending.message, epoch: pending.message.epoch + 1 };
    await this.#publish(pending.message);
  }
}

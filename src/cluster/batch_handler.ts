import { headers } from "@nats-io/transport-node";
import { CupelError } from "../errors.ts";
import type { Delivery } from "./delivery.ts";
import type { NodeEvent } from "./events.ts";
import { executeJob } from "./execute_job.ts";
import { giveUpOn, times } from "./given_up.ts";
import { messageId } from "./job_id.ts";
import type { Lane } from "./lane.ts";
import { readBatchEnvelope } from "./batch_envelope.ts";
import { letterOrigin } from "./letter_origin.ts";
import {
  type BatchMessage,
  batchMessageSchema,
  type DeadLetter,
  MESSAGE_VERSION,
  type ResultMessage,
} from "./messages.ts";
import { tenantNames } from "./names.ts";
import type { NodeOptions } from "./node_options.ts";
import type { RunKeeper } from "./node_runs.ts";
import { errorOutcome, outcomeOf, type WholeOutcome } from "./outcome_message.ts";
import { LaterVersionError, MessageError, parseMessage } from "./parse_message.ts";
import { sayNoRoom } from "./provision.ts";
import { CASES_HEADER, KEY_HEADER, SIGNATURE_HEADER } from "./result_headers.ts";
import { untilStored, whileServerIsAway } from "./retry.ts";
import { splitOutcome } from "./result_parts.ts";
import type { Topology } from "./topology.ts";

/** Deliveries after which a batch is given up where nothing else is said: its nodes died of it. */
export const DEFAULT_DELIVERIES = 4;

/** What a node's options say of what it does with a batch. */
type HandlerOptions = Pick<NodeOptions, "key" | "mostDeliveries" | "observe" | "log">;

/** Milliseconds after which a batch is delivered again that could not be handled. */
const RETRY_MS = 250;

/** What came of a batch. */
interface Done {
  outcome: WholeOutcome;
  wallMs: number;
}

/** What a node does with a batch that came into its hands: it executes it, answers, and lets go of it. */
export class BatchHandler {
  readonly #topology: Topology;
  readonly #runs: RunKeeper;
  readonly #options: HandlerOptions;
  readonly #stop: AbortSignal;
  #isOutOfRoom = false;

  /** @param stop Aborted when the node is to end: then it waits no more for room on the server. */
  constructor(
    topology: Topology,
    runs: RunKeeper,
    options: HandlerOptions,
    stop: AbortSignal,
  ) {
    this.#topology = topology;
    this.#runs = runs;
    this.#options = options;
    this.#stop = stop;
  }

  /**
   * Handles one batch. It is acknowledged when its result is stored.
   *
   * @throws {Error} where the server does not answer; the batch is given back then.
   */
  async handle(lane: Lane, delivery: Delivery): Promise<void> {
    const { capabilityClass } = lane;
    this.#observe({ kind: "delivered", capabilityClass, attempt: delivery.attempt });
    const ticking = setInterval(() => delivery.working(), delivery.ackWaitMs / 3);
    try {
      const batch = await this.#parse(lane, delivery);
      const done = batch && await this.#execute(lane, batch, delivery);
      if (batch && done) await this.#publish(lane, batch, delivery, done);
      await whileServerIsAway(() => delivery.acknowledge());
    } catch (error) {
      delivery.giveBack(RETRY_MS);
      throw error;
    } finally {
      clearInterval(ticking);
    }
  }

  /** Nobody can do anything with what is no batch. Whoever made one that cannot be read hears of it. */
  async #parse(lane: Lane, delivery: Delivery): Promise<BatchMessage | undefined> {
    const { data } = delivery;
    try {
      return parseMessage(batchMessageSchema, data, "a batch");
    } catch (error) {
      this.#observe({ kind: "refused", capabilityClass: lane.capabilityClass });
      const reason = error instanceof Error ? error.message : `${error}`;
      const envelope = readBatchEnvelope(data);
      this.#log(`${reason}: it is ${envelope ? "answered with that" : "dropped"}`);
      if (envelope === undefined) return undefined;
      await this.#publish(lane, envelope, delivery, { outcome: this.#failed(error), wallMs: 0 });
      return undefined;
    }
  }

  /** Why a job came to nothing: who made what this node is too old for must know which node that is. */
  #failed(error: unknown): WholeOutcome {
    if (!(error instanceof MessageError)) return errorOutcome(error);
    const node = `the node ${this.#options.key.fingerprint}`;
    const why = error instanceof LaterVersionError
      ? `${error.message}; ${node} is of an older version`
      : `${error.message}, says ${node}`;
    return errorOutcome(new CupelError("bad-input", why, { cause: error }));
  }

  /** @returns Nothing where the run is over, so that nobody waits for it. */
  async #execute(
    lane: Lane,
    batch: BatchMessage,
    { attempt }: Delivery,
  ): Promise<Done | undefined> {
    const { tenant, capabilityClass } = lane;
    const { mostDeliveries = DEFAULT_DELIVERIES } = this.#options;
    const startedAt = performance.now();
    const wallMs = () => performance.now() - startedAt;
    const ended = (
      outcome: "ok" | "error" | "cancelled",
      guest = "unknown",
      value: unknown = undefined,
    ) => {
      const cases = batch.job.kind === "cases" && Array.isArray(value) ? value : [];
      this.#observe({ kind: "executed", capabilityClass, outcome, guest, wallMs: wallMs(), cases });
    };
    try {
      if (attempt >= mostDeliveries) {
        return { outcome: await this.#giveUp(lane, batch, attempt), wallMs: 0 };
      }
      const outcome = await this.#runs.use(tenant, batch.run, async (run) => {
        const value = await executeJob(run, batch.job);
        ended("ok", run.spec.candidate.kind, value);
        return outcomeOf(value);
      });
      return { outcome, wallMs: wallMs() };
    } catch (error) {
      const isCancelled = error instanceof CupelError && error.code === "cancelled";
      ended(isCancelled ? "cancelled" : "error");
      return isCancelled ? undefined : { outcome: this.#failed(error), wallMs: wallMs() };
    }
  }

  /** Keeps a batch that nodes died of for people to look at, and lets its run end. */
  async #giveUp(
    { tenant, capabilityClass }: Lane,
    batch: BatchMessage,
    deliveries: number,
  ): Promise<WholeOutcome> {
    const { client, names: { prefix } } = this.#topology;
    const { id, run, epoch, job } = batch;
    this.#log(`gives up batch ${id} of run ${run}: it was delivered ${times(deliveries)}`);
    const of = await letterOrigin(this.#topology, tenant, run);
    const letter: DeadLetter = {
      v: MESSAGE_VERSION,
      batch,
      ...(of === undefined ? {} : { of }),
      deliveries,
      node: this.#options.key.fingerprint,
      createdAt: new Date().toISOString(),
    };
    const subject = tenantNames(prefix, tenant).dead(run, id);
    const msgID = messageId(id, epoch);
    await this.#store(() => client.publish(subject, JSON.stringify(letter), { msgID }));
    this.#observe({ kind: "dead-lettered", capabilityClass });
    return outcomeOf(giveUpOn(job, deliveries));
  }

  async #publish(
    { tenant }: Lane,
    { id, run, epoch, job }: Pick<BatchMessage, "id" | "run" | "epoch"> & Partial<BatchMessage>,
    { attempt }: Delivery,
    { outcome: whole, wallMs }: Done,
  ): Promise<void> {
    const { client, connection, names: { prefix } } = this.#topology;
    const { key } = this.#options;
    const names = tenantNames(prefix, tenant);
    const { outcome, parts } = splitOutcome(whole, connection.info?.max_payload ?? 0);
    for (const [at, { sha256, text }] of parts.entries()) {
      const subject = names.resultPart({ run, batch: id, sha256, at });
      await this.#store(() => client.publish(subject, text));
    }
    const node = key.fingerprint;
    const message: ResultMessage = {
      v: MESSAGE_VERSION,
      id,
      run,
      epoch,
      attempt,
      node,
      wallMs,
      outcome,
    };
    const body = new TextEncoder().encode(JSON.stringify(message));
    const signed = headers();
    signed.set(KEY_HEADER, key.publicKey);
    signed.set(SIGNATURE_HEADER, key.sign(body));
    if (job?.kind === "cases") signed.set(CASES_HEADER, `${job.batch.start}-${job.batch.end}`);
    const subject = names.result(run, id);
    const msgID = messageId(id, epoch);
    await this.#store(() => client.publish(subject, body, { msgID, headers: signed }));
  }

  /** Stores something, however long the server is away or full: of the latter people are told. */
  async #store(publish: () => Promise<unknown>): Promise<void> {
    await untilStored(publish, this.#stop, (error) => {
      if (this.#isOutOfRoom) return;
      this.#isOutOfRoom = true;
      this.#log(`Cannot use the NATS server: ${sayNoRoom(error)}; what is done waits for that`);
    });
    this.#isOutOfRoom = false;
  }

  #observe(event: NodeEvent): void {
    this.#options.observe?.(event);
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

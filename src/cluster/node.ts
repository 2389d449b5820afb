import { setTimeout as sleep } from "node:timers/promises";
import { CupelError } from "../errors.ts";
import { servedClasses } from "./capabilities.ts";
import { type Delivery, pullBatch } from "./delivery.ts";
import { executeJob, giveUpOn } from "./execute_job.ts";
import { messageId } from "./job_id.ts";
import {
  type BatchMessage,
  batchMessageSchema,
  MESSAGE_VERSION,
  type ResultMessage,
} from "./messages.ts";
import { registerNode } from "./node_registry.ts";
import { NodeRuns } from "./node_runs.ts";
import { errorOutcome, outcomeOf } from "./outcome_message.ts";
import { parseMessage } from "./parse_message.ts";
import type { Topology } from "./topology.ts";
import { Wake } from "./wake.ts";

/** Deliveries after which a batch is given up: its nodes died of it. */
const MOST_DELIVERIES = 4;

/** Milliseconds after which an idle node asks again, whatever it has heard. */
const IDLE_MS = 1000;

/** Milliseconds to wait before a server is asked again that did not answer. */
const RETRY_MS = 250;

/** What a node is. */
export interface NodeOptions {
  /** In canonical form. */
  capabilities: readonly string[];
  /** Batches at a time. */
  concurrency: number;
  /** What results call it: letters, digits and dashes. */
  name: string;
  /** Hears what people may want to know. */
  log?: (line: string) => void;
}

/** Executes batches whose class it serves, until it is told to stop. */
export class ClusterNode {
  readonly #topology: Topology;
  readonly #options: NodeOptions;
  readonly #runs: NodeRuns;
  readonly #stop = new AbortController();
  #classes: string[] = [];

  constructor(topology: Topology, options: NodeOptions) {
    this.#topology = topology;
    this.#options = options;
    this.#runs = new NodeRuns(topology, options.concurrency);
  }

  /** Takes no more batches; {@linkcode run} ends when those that it holds are done. */
  drain(): void {
    this.#stop.abort();
  }

  /** Runs until it is drained. */
  async run(): Promise<void> {
    const { connection, names } = this.#topology;
    const wake = new Wake(connection, names.batches());
    const { capabilities, concurrency, name } = this.#options;
    const entry = { capabilities: [...capabilities], concurrency };
    const unregister = await registerNode(this.#topology.nodes, name, entry);
    const watching = [await this.#watchClasses(wake), await this.#watchRuns()];
    const slots = Array.from({ length: concurrency }, () => this.#work(wake));
    await Promise.all(slots);
    for (const stop of watching) stop();
    wake.close();
    await unregister();
    await this.#runs.close();
  }

  async #watchClasses(wake: Wake): Promise<() => void> {
    const known = new Set<string>();
    const watch = await this.#topology.classes.watch();
    const reading = (async () => {
      for await (const { key } of watch) {
        known.add(key);
        this.#classes = servedClasses(this.#options.capabilities, [...known]);
        wake.now();
      }
    })();
    reading.catch((error) => this.#log(`cannot watch the classes: ${error}`));
    return () => watch.stop();
  }

  /** A run whose manifest was taken away is over. */
  async #watchRuns(): Promise<() => void> {
    const watch = await this.#topology.runs.watch({ include: "updates" });
    const reading = (async () => {
      for await (const { key, operation } of watch) {
        if (operation !== "PUT") await this.#runs.end(key);
      }
    })();
    reading.catch((error) => this.#log(`cannot watch the runs: ${error}`));
    return () => watch.stop();
  }

  async #work(wake: Wake): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const heard = wake.next(IDLE_MS, signal);
      try {
        const delivery = await this.#pull();
        if (delivery === undefined) await heard;
        else await this.#handle(delivery);
      } catch (error) {
        this.#log(`${error}`);
        await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** The first batch that there is, of the most specific class. */
  async #pull(): Promise<Delivery | undefined> {
    for (const one of this.#classes) {
      const delivery = await pullBatch(this.#topology, one);
      if (delivery !== undefined) return delivery;
    }
    return undefined;
  }

  async #handle(delivery: Delivery): Promise<void> {
    const ticking = setInterval(() => delivery.working(), this.#topology.ackWaitMs / 3);
    try {
      const batch = this.#parse(delivery);
      const outcome = batch && await this.#outcomeOf(batch, delivery);
      if (batch && outcome) await this.#publish(batch, delivery, outcome);
      await delivery.acknowledge();
    } catch (error) {
      delivery.giveBack(RETRY_MS);
      throw error;
    } finally {
      clearInterval(ticking);
    }
  }

  /** Nobody can do anything with what is no batch. */
  #parse({ data }: Delivery): BatchMessage | undefined {
    try {
      return parseMessage(batchMessageSchema, data, "a batch");
    } catch (error) {
      this.#log(`${error instanceof Error ? error.message : error}: it is dropped`);
      return undefined;
    }
  }

  /** @returns Nothing where the run is over, so that nobody waits for it. */
  async #outcomeOf(
    batch: BatchMessage,
    { attempt }: Delivery,
  ): Promise<ResultMessage["outcome"] | undefined> {
    const { run, job } = batch;
    try {
      if (attempt >= MOST_DELIVERIES) return await this.#giveUp(batch, attempt);
      return outcomeOf(await this.#runs.use(run, (loaded) => executeJob(loaded, job)));
    } catch (error) {
      if (error instanceof CupelError && error.code === "cancelled") return undefined;
      return errorOutcome(error);
    }
  }

  /** Keeps a batch that nodes died of for people to look at, and lets its run end. */
  async #giveUp(batch: BatchMessage, deliveries: number): Promise<ResultMessage["outcome"]> {
    const { client, names } = this.#topology;
    this.#log(
      `gives up batch ${batch.id} of run ${batch.run}: it was delivered ${deliveries} times`,
    );
    await client.publish(
      names.dead(batch.run, batch.id),
      JSON.stringify({ ...batch, deliveries }),
      {
        msgID: messageId(batch.id, batch.epoch),
      },
    );
    return outcomeOf(giveUpOn(batch.job, deliveries));
  }

  async #publish(
    { id, run, epoch }: BatchMessage,
    { attempt }: Delivery,
    outcome: ResultMessage["outcome"],
  ): Promise<void> {
    const { client, names } = this.#topology;
    const node = this.#options.name;
    const message: ResultMessage = { v: MESSAGE_VERSION, id, run, epoch, attempt, node, outcome };
    await client.publish(names.result(run, id), JSON.stringify(message), {
      msgID: messageId(id, epoch),
    });
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

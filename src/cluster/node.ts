import { setTimeout as sleep } from "node:timers/promises";
import { BatchHandler } from "./batch_handler.ts";
import type { Delivery } from "./delivery.ts";
import { FairShare } from "./fair_share.ts";
import { type Lane, parseLaneKey } from "./lane.ts";
import { LaneBook } from "./lane_book.ts";
import { LanePuller } from "./lane_puller.ts";
import type { NodeOptions } from "./node_options.ts";
import { registerNode } from "./node_registry.ts";
import { NodeRuns, type RunKeeper } from "./node_runs.ts";
import { Outage } from "./outage.ts";
import { isForbidden, isSilence, serverError } from "./provision.ts";
import { whileServerIsAway } from "./retry.ts";
import { lookMs, SteadyWatch } from "./steady_watch.ts";
import { sharedRestorer, type Topology } from "./topology.ts";
import { Wake } from "./wake.ts";

/** Most milliseconds after which an idle node asks again, whatever it has heard. */
const MOST_IDLE_MS = 5000;

/** Milliseconds to wait before a server is asked again that did not answer. */
const RETRY_MS = 250;

/** A batch, and where it was. */
interface Pulled {
  lane: Lane;
  delivery: Delivery;
}

/** Executes batches of the lanes that it serves, until it is told to stop. */
export class ClusterNode {
  readonly #topology: Topology;
  readonly #options: NodeOptions;
  readonly #runs: RunKeeper;
  readonly #handler: BatchHandler;
  readonly #share: FairShare;
  readonly #book: LaneBook;
  readonly #puller: LanePuller;
  readonly #wake: Wake;
  readonly #outage = new Outage(this.#log.bind(this));
  readonly #restore: () => Promise<void>;
  readonly #stop = new AbortController();
  #forbidden: unknown;
  #busy = 0;
  #taken = 0;
  #idleSince = performance.now();

  /** @param runs What its runs are from; read from the server, with threads, where it is left out. */
  constructor(topology: Topology, options: NodeOptions, runs?: RunKeeper) {
    this.#topology = topology;
    this.#options = options;
    this.#runs = runs ?? new NodeRuns(topology, options);
    this.#handler = new BatchHandler(topology, this.#runs, options, this.#stop.signal);
    this.#share = new FairShare(options.weights);
    this.#book = new LaneBook({
      capabilities: [...options.capabilities],
      only: [...options.only],
      tenants: options.tenants && [...options.tenants],
    });
    this.#puller = new LanePuller(topology, this.#book, this.#log.bind(this));
    this.#wake = new Wake(topology.connection);
    this.#restore = sharedRestorer(topology);
  }

  /** Batches in its hands. */
  get busy(): number {
    return this.#busy;
  }

  /** Milliseconds since it last had a batch; 0 while it has one. */
  get idleMs(): number {
    return this.#busy > 0 ? 0 : performance.now() - this.#idleSince;
  }

  /** Takes no more batches; {@linkcode run} ends when those that it holds are done. */
  drain(): void {
    this.#stop.abort();
  }

  /**
   * Runs until it is drained.
   *
   * @throws {CupelError} `bad-input` where the server does not let it do what a node does.
   */
  async run(): Promise<void> {
    const { concurrency } = this.#options;
    try {
      await this.#runs.warmUp();
      const lanes = await whileServerIsAway(() => this.#watchLanes());
      try {
        const unregister = await whileServerIsAway(() => this.#register());
        this.#options.onServing?.();
        await Promise.all(Array.from({ length: concurrency }, () => this.#work()));
        await unregister().catch((error) => this.#log(serverError(error).message));
      } finally {
        lanes.close();
        await this.#runs.close();
      }
    } catch (cause) {
      throw serverError(cause);
    }
    if (this.#forbidden !== undefined) throw serverError(this.#forbidden);
  }

  #register(): Promise<() => Promise<void>> {
    const { capabilities, concurrency, key, only, tenants } = this.#options;
    const entry = {
      capabilities: [...capabilities],
      concurrency,
      only: [...only],
      ...(tenants === undefined ? {} : { tenants: [...tenants] }),
    };
    return registerNode(this.#topology.nodes, key.fingerprint, entry, this.#restore);
  }

  #watchLanes(): Promise<SteadyWatch> {
    return SteadyWatch.start(this.#topology.lanes, {
      onEntry: ({ key, operation }) => {
        const lane = operation === "PUT" ? parseLaneKey(key) : undefined;
        if (lane !== undefined) this.#hearOf(lane);
      },
      restore: this.#restore,
      everyMs: lookMs(this.#topology),
    });
  }

  #hearOf(lane: Lane): void {
    this.#book.mayBeBack(lane);
    if (this.#book.add(lane)) this.#wake.listenTo(this.#book.subjects(this.#topology.names));
    this.#wake.all();
  }

  /** One of the slots: a batch at a time. */
  async #work(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const find = async () => await this.#take() ?? await this.#takeOrWait(signal);
      const pulled = await this.#unlessItFails(find, performance.now());
      if (pulled) await this.#unlessItFails(() => this.#do(pulled), Infinity);
    }
  }

  /** @param askedAt What failed asked a question that counts as asked then: see {@linkcode Outage}. */
  async #unlessItFails<T>(body: () => Promise<T>, askedAt: number): Promise<T | undefined> {
    try {
      return await body();
    } catch (error) {
      if (isForbidden(error)) return void this.#giveUp(error);
      const line = `${serverError(error).message}: it is asked again`;
      if (isSilence(error)) this.#outage.silent(line, askedAt);
      else this.#log(line);
      await sleep(RETRY_MS, undefined, { signal: this.#stop.signal }).catch(() => {});
      return undefined;
    }
  }

  /** What a node may not do now, it may not do in a while. */
  #giveUp(error: unknown): void {
    this.#forbidden = error;
    this.drain();
  }

  /** What came since nothing was found is not heard of: this slot listens first and asks once more. */
  async #takeOrWait(signal: AbortSignal): Promise<Pulled | undefined> {
    const atMostMs = Math.min(MOST_IDLE_MS, this.#topology.ackWaitMs / 2);
    const waiting = this.#wake.next(atMostMs, signal);
    try {
      this.#book.forget();
      const pulled = await this.#take();
      if (pulled === undefined) await waiting.over;
      return pulled;
    } finally {
      waiting.leave();
      this.#book.forget();
    }
  }

  /** Takes a batch; nothing where there is none, or none is to be taken any more. */
  async #take(): Promise<Pulled | undefined> {
    const { mostBatches = Infinity } = this.#options;
    if (this.#taken >= mostBatches) {
      this.drain();
      return undefined;
    }
    this.#taken++;
    let pulled: Pulled | undefined;
    try {
      pulled = await this.#pull();
    } finally {
      if (pulled === undefined) this.#taken--;
    }
    return pulled;
  }

  async #do({ lane, delivery }: Pulled): Promise<void> {
    this.#passOn(lane, delivery);
    const charge = this.#share.begin(lane.tenant);
    const startedAt = performance.now();
    this.#busy++;
    try {
      await this.#handler.handle(lane, delivery);
    } finally {
      charge(performance.now() - startedAt);
      this.#idleSince = performance.now();
      this.#busy--;
    }
  }

  /** The first batch that there is, by whose turn it is. */
  async #pull(): Promise<Pulled | undefined> {
    for (const lane of this.#share.order(this.#book.candidates())) {
      const delivery = await this.#puller.pull(lane);
      this.#outage.answered();
      if (delivery !== undefined) return { lane, delivery };
    }
    return undefined;
  }

  /** Of the batches that wait behind this one, somebody who is idle may have heard nothing. */
  #passOn({ tenant, capabilityClass }: Lane, { behind }: Delivery): void {
    if (behind === 0) return;
    if (this.#wake.waiting > 0) return this.#wake.one();
    const { connection, names } = this.#topology;
    connection.publish(names.wake(tenant, capabilityClass));
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

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
import { isForbidden, serverError } from "./provision.ts";
import { whileServerIsAway } from "./retry.ts";
import type { Topology } from "./topology.ts";
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
      const stopWatching = await whileServerIsAway(() => this.#watchLanes());
      try {
        const unregister = await whileServerIsAway(() => this.#register());
        await Promise.all(Array.from({ length: concurrency }, () => this.#work()));
        await unregister().catch((error) => this.#log(serverError(error).message));
      } finally {
        stopWatching();
        await this.#runs.close();
      }
    } catch (cause) {
      throw serverError(cause);
    }
    if (this.#forbidden !== undefined) throw serverError(this.#forbidden);
  }

  #register(): Promise<() => Promise<void>> {
    const { capabilities, concurrency, key, only, tenants } = this.#options;
    return registerNode(this.#topology.nodes, key.fingerprint, {
      capabilities: [...capabilities],
      concurrency,
      only: [...only],
      ...(tenants === undefined ? {} : { tenants: [...tenants] }),
    });
  }

  async #watchLanes(): Promise<() => void> {
    const { lanes, names } = this.#topology;
    const watch = await lanes.watch();
    const reading = (async () => {
      for await (const { key } of watch) {
        const lane = parseLaneKey(key);
        if (lane === undefined || !this.#book.add(lane)) continue;
        this.#wake.listenTo(this.#book.subjects(names));
        this.#wake.all();
      }
    })();
    reading.catch((error) => this.#log(serverError(error).message));
    return () => watch.stop();
  }

  /** One of the slots: a batch at a time. */
  async #work(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#workOrWait(signal);
      } catch (error) {
        if (isForbidden(error)) return this.#giveUp(error);
        this.#log(`${serverError(error).message}: it is asked again`);
        await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** What a node may not do now, it may not do in a while. */
  #giveUp(error: unknown): void {
    this.#forbidden = error;
    this.drain();
  }

  async #workOrWait(signal: AbortSignal): Promise<void> {
    const pulled = await this.#take() ?? await this.#takeOrWait(signal);
    if (pulled !== undefined) await this.#do(pulled);
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

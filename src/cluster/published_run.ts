import { cancelled, CupelError } from "../errors.ts";
import { BatchQueue } from "./batch_queue.ts";
import { BatchSize } from "./batch_size.ts";
import type { ControllerEvent, Observer } from "./events.ts";
import { Flow } from "./flow.ts";
import type { Lane } from "./lane.ts";
import { missingFor, type NodeEntry, slotsFor } from "./node_registry.ts";
import type { NodeWatch } from "./node_watch.ts";
import type { JobRequest } from "./pending_job.ts";
import { PendingJobs } from "./pending_jobs.ts";
import { isMissing, isOutOfRoom, serverError } from "./provision.ts";
import type { RunClaim } from "./run_claim.ts";
import type { StoredResults } from "./stored_results.ts";
import { laneKeeper, type Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";
import { SERVER_IS_AWAY, WaitingWord } from "./waiting_word.ts";

/** Epochs that one controller of a run has: more than it will ever publish a job again. */
const EPOCHS = 1024;

/** Batches in flight for each batch that nodes execute at a time: one waits while another is done. */
const AHEAD = 2;

/** Fewest batches in flight, whatever the nodes say. */
export const LEAST_IN_FLIGHT = 4;

/** Milliseconds between two looks at the nodes. */
const LOOK_MS = 1000;

/**
 * Milliseconds of a run for which a server may not answer. It may be gone, or have ended JetStream as its disk
 * is full: what is done is kept, and another controller goes on with it.
 */
const PATIENCE_MS = 120_000;

/** Most nodes whose results were refused that people hear of. */
const MOST_REFUSED = 100;

/** Most milliseconds between two comparisons of what is expected with what is there. */
const MOST_COMPARE_MS = 5000;

/** Comparisons without an answer after which the server is away: before nodes seem to be gone, as nobody hears of them. */
const SILENT_LOOKS = 2.5;

function compareMs({ ackWaitMs }: Topology): number {
  return Math.min(ackWaitMs / 2, MOST_COMPARE_MS);
}

/** A run that is published, and what is needed to go on with it. */
export interface PublishedRunParts {
  topology: Topology;
  tenant: Tenant;
  lane: Lane;
  claim: RunClaim;
  stored: StoredResults;
  /** Most batches in flight at a time. */
  mostInFlight: number;
  trusted?: ReadonlySet<string> | undefined;
  observe: Observer<ControllerEvent>;
  onWaiting(reason: string): void;
  /** Hears what people should know: of each node whose results cannot be used, once, and why. */
  onNotice(line: string): void;
  nodes: NodeWatch;
}

/** A run that nodes work on, and this process controls. */
export class PublishedRun {
  readonly #parts: PublishedRunParts;
  readonly #queue: BatchQueue;
  readonly #jobs: PendingJobs;
  readonly #flow = new Flow(LEAST_IN_FLIGHT);
  readonly #sizes = new BatchSize();
  readonly #timers: ReturnType<typeof setInterval>[];
  readonly #refused = new Set<string>();
  readonly #keepLane: () => Promise<void>;
  #slots = 0;
  #isComparing = false;
  #isTaken = false;
  /** When the server answered last, by this process's clock. */
  #answeredAt = performance.now();
  /** Jobs that were settled at the last look. */
  #settledBefore = 0;
  readonly #waiting = new WaitingWord();

  constructor(parts: PublishedRunParts) {
    this.#parts = parts;
    const { topology, tenant, lane, claim, stored, trusted, observe } = parts;
    this.#keepLane = laneKeeper(topology, lane);
    this.#queue = new BatchQueue({ topology, tenant, lane, run: claim.run });
    this.#jobs = new PendingJobs({
      topology,
      tenant,
      lane,
      run: claim.run,
      queue: this.#queue,
      epoch: claim.revision * EPOCHS,
      stored: stored.jobs,
      trusted,
      observe,
      onDone: (job, wallMs) => {
        if (job.kind === "cases") this.#sizes.note(job.batch, wallMs);
      },
      onRefused: (node, reason) => this.#refuse(node, reason),
    });
    this.#timers = [
      setInterval(() => void this.#compare(), compareMs(topology)),
      setInterval(() => this.#look(), LOOK_MS),
    ];
    this.#look();
  }

  /** Batches that are in flight at a time. */
  get width(): number {
    return Math.min(this.#parts.mostInFlight, Math.max(LEAST_IN_FLIGHT, AHEAD * this.#slots));
  }

  /** Asks for a job, when it is its turn. @throws {CupelError} `cancelled` where the signal is aborted. */
  async do<T>(request: JobRequest<T>, signal?: AbortSignal): Promise<T> {
    const leave = await this.#flow.enter(signal);
    if (leave === undefined) throw cancelled();
    try {
      return await this.#jobs.do(request, signal);
    } finally {
      leave();
    }
  }

  /** The end of the batch that begins at an index: as an earlier controller cut it, if it did. */
  endOf(start: number, n: number): number {
    const { stored } = this.#parts;
    const known = stored.endOf(start);
    if (known !== undefined) return Math.min(known, n);
    const most = Math.min(n, stored.nextStart(start) ?? n);
    return Math.min(most, start + this.#sizes.next(n - start, this.#slots));
  }

  /** Of a node that talks nonsense people hear once: it may do so all the time. */
  #refuse(node: string, reason: string): void {
    if (this.#refused.has(node) || this.#refused.size >= MOST_REFUSED) return;
    this.#refused.add(node);
    this.#parts.onNotice(`the node ${node} gives results that do not count: ${reason}`);
  }

  /** Looks how many batches nodes execute at a time; and where nothing goes on, whether a node is missing. */
  #look(): void {
    const { lane, nodes, trusted } = this.#parts;
    const living = nodes.living(trusted);
    this.#slots = Math.min(slotsFor(living, lane), this.#parts.mostInFlight);
    this.#flow.widen(this.width);
    const wentOn = this.#jobs.settled > this.#settledBefore || this.#jobs.size === 0;
    this.#settledBefore = this.#jobs.settled;
    const word = this.#waiting.note(wentOn ? undefined : this.#missing(living), this.#isAway);
    if (word !== undefined) this.#parts.onWaiting(word);
  }

  get #isAway(): boolean {
    const silentMs = performance.now() - this.#answeredAt;
    return silentMs > SILENT_LOOKS * Math.max(compareMs(this.#parts.topology), LOOK_MS);
  }

  /** Of a server that does not answer nobody knows which nodes live; of nodes only those count that are trusted. */
  #missing(living: NodeEntry[]): string | undefined {
    const { lane, nodes } = this.#parts;
    if (this.#isAway) return SERVER_IS_AWAY;
    const all = nodes.living().length;
    if (living.length === 0 && all > 0) return `a node that is trusted: none of ${all} is listed`;
    return missingFor(living, lane);
  }

  /**
   * Takes away what is left of the run: nodes that work on it stop. What is done is kept where it ended
   * before its time, and another controller's run is left alone.
   */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#jobs.close();
    if (this.#isTaken) return;
    // Why it failed is what counts, whether or not the server can still be told.
    if (this.#jobs.hasFailed) return await this.#queue.clear().catch(() => {});
    // The results are here, and count: what cannot be taken away now ends with its time.
    await this.#takeAway().catch(() => {});
  }

  async #takeAway(): Promise<void> {
    const isReleased = await this.#release();
    if (isReleased === false) return;
    await this.#queue.clear();
    await this.#purgeResults();
    // What was purged made room to say that the run is over; where it did not, its entry ends with its time.
    if (isReleased === undefined) await this.#release();
  }

  /** @returns Whether the run was ours; nothing where the server has no room to hear that it is over. */
  async #release(): Promise<boolean | undefined> {
    try {
      return await this.#parts.claim.release();
    } catch (error) {
      if (isOutOfRoom(error)) return undefined;
      throw error;
    }
  }

  async #purgeResults(): Promise<void> {
    const { topology: { manager }, tenant: { names }, claim: { run } } = this.#parts;
    await manager.streams.purge(names.resultStream, { filter: names.resultsAndParts(run) });
  }

  async #compare(): Promise<void> {
    if (this.#isComparing) return;
    this.#isComparing = true;
    try {
      await this.#parts.claim.check();
      this.#answeredAt = performance.now();
      await this.#jobs.compare(this.#parts.topology.ackWaitMs / 2);
      this.#answeredAt = performance.now();
      await this.#keepLane().catch(() => {}); // The next comparison does what could not be done.
    } catch (error) {
      if (!(error instanceof CupelError)) return this.#isSilent(error);
      this.#isTaken = true; // The run is another's.
      this.#jobs.fail(error);
    } finally {
      this.#isComparing = false;
    }
  }

  /** The server is away: the next comparison finds the same, or that it is back. What is gone does not come back. */
  #isSilent(error: unknown): void {
    if (isMissing(error)) return this.#jobs.fail(serverError(error));
    if (performance.now() - this.#answeredAt > PATIENCE_MS) this.#jobs.fail(serverError(error));
  }
}

import { randomBytes } from "node:crypto";
import type { Value } from "../../sandbox/values/value.ts";
import { cancelled } from "../errors.ts";
import type { Batch } from "../evaluate/batch.ts";
import type { CaseAddress, CaseDetail } from "../evaluate/case_detail.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import type { ShrinkRequest, Shrunk } from "../evaluate/shrink.ts";
import type { TaskDescription } from "../evaluate/task_description.ts";
import { isSameRun } from "../dispatch/same_run.ts";
import { storeArtifact } from "./artifact_store.ts";
import { requiredBy } from "./capabilities.ts";
import type { ControllerEvent, Observer } from "./events.ts";
import { countGivenUp } from "./given_up.ts";
import type { Lane } from "./lane.ts";
import { readCases, readDescription, readDetails, readShrunk } from "./job_values.ts";
import { sayOtherAckWait } from "./lane_ack_wait.ts";
import { MESSAGE_VERSION, type RunManifest } from "./messages.ts";
import { NodeWatch } from "./node_watch.ts";
import type { JobRequest } from "./pending_job.ts";
import { serverError } from "./provision.ts";
import { LEAST_IN_FLIGHT, PublishedRun } from "./published_run.ts";
import { whileServerIsAway } from "./retry.ts";
import { RunClaim } from "./run_claim.ts";
import { runId, type RunIdentity } from "./run_identity.ts";
import { NO_RESULTS, StoredResults } from "./stored_results.ts";
import { openLane, openTenant, type Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** How batches are dispatched. */
export interface ClusterDispatcherOptions {
  /** Where batches queue: whose they are, what nodes must have, what goes first. */
  lane: Lane;
  /** Most batches in flight at a time; fewer where nodes execute fewer. */
  mostInFlight: number;
  /**
   * What the run is called: one of the same name with the same files and settings goes on where another
   * process was killed. Nobody else's where it is left out.
   */
  runName?: string | undefined;
  /** Fingerprints of the nodes whose results count; those of all where it is left out. */
  trusted?: ReadonlySet<string> | undefined;
  /** Hears what happens, for metrics. */
  observe?: Observer<ControllerEvent> | undefined;
  /** Hears what is missing where no node takes the batches: the end of "waiting for". */
  onWaiting?: ((reason: string) => void) | undefined;
  /** Hears that it goes on with a run of another controller, and how many of its batches are done. */
  onResumed?: ((batches: number) => void) | undefined;
  /** Hears what people should know of the cluster, a line at a time. */
  onNotice?: ((line: string) => void) | undefined;
}

/** What all runs of a lane need. */
interface Opened {
  /** With the lane's own times. */
  topology: Topology;
  tenant: Tenant;
  nodes: NodeWatch;
}

/** Executes batches on the nodes of a cluster: see docs/cluster.md. It closes the connection with itself. */
export class ClusterDispatcher implements Dispatcher {
  readonly #topology: Topology;
  readonly #options: ClusterDispatcherOptions;
  readonly #runName: string;
  #publishing: Promise<PublishedRun> | undefined;
  #published: PublishedRun | undefined;
  #spec: RunSpec | undefined;
  /** What the run's results must fit. */
  #task: TaskDescription | undefined;
  #opening: Promise<Opened> | undefined;

  constructor(topology: Topology, options: ClusterDispatcherOptions) {
    this.#topology = topology;
    this.#options = options;
    this.#runName = options.runName ?? randomBytes(16).toString("hex");
    // Only a saving of time: what goes wrong comes up with the first run.
    this.#open().catch(() => {});
  }

  /** As many as nodes execute, and some that wait; it may change while a run goes on. */
  get width(): number {
    return this.#published?.width ?? LEAST_IN_FLIGHT;
  }

  /** The end of the batch that begins at an index: of as many cases as take a node a while. */
  endOf(start: number, n: number): number | undefined {
    return this.#published?.endOf(start, n);
  }

  async prepare(run: RunSpec, signal?: AbortSignal): Promise<TaskDescription> {
    const job = { kind: "describe" } as const;
    const task = await this.#do(run, { job, read: readDescription }, signal);
    this.#task = task;
    return task;
  }

  async execute(run: RunSpec, batch: Batch, signal?: AbortSignal): Promise<CaseResult[]> {
    const read = (value: Value) => readCases(value, batch, this.#task);
    const results = await this.#do(run, { job: { kind: "cases", batch }, read }, signal);
    const { observe, lane: { capabilityClass } } = this.#options;
    const cases = countGivenUp(results);
    if (cases > 0) observe?.({ kind: "given-up", capabilityClass, cases });
    return results;
  }

  shrink(run: RunSpec, request: ShrinkRequest, signal?: AbortSignal): Promise<Shrunk> {
    const read = (value: Value) => readShrunk(value, request);
    return this.#do(run, { job: { kind: "shrink", request }, read }, signal);
  }

  examine(run: RunSpec, cases: CaseAddress[], signal?: AbortSignal): Promise<CaseDetail[]> {
    const read = (value: Value) => readDetails(value, cases);
    return this.#do(run, { job: { kind: "examine", cases }, read }, signal);
  }

  async close(): Promise<void> {
    try {
      await this.#endRun();
    } finally {
      const opened = await this.#opening?.catch(() => undefined);
      opened?.nodes.close();
      await this.#topology.connection.close();
    }
  }

  async #endRun(): Promise<void> {
    const publishing = this.#publishing;
    this.#publishing = undefined;
    this.#published = undefined;
    this.#spec = undefined;
    this.#task = undefined;
    // Whoever asked for a job of a run that could not be published has heard why.
    const run = await publishing?.catch(() => undefined);
    await run?.close();
  }

  async #do<T>(spec: RunSpec, request: JobRequest<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw cancelled();
    const run = await this.#publishedRun(spec);
    return await run.do(request, signal);
  }

  #publishedRun(spec: RunSpec): Promise<PublishedRun> {
    if (this.#publishing !== undefined && isSameRun(this.#spec, spec)) return this.#publishing;
    const closed = this.#endRun();
    this.#spec = spec;
    this.#publishing = closed.then(async () => {
      this.#published = await whileServerIsAway(() => this.#publish(spec)).catch((error) => {
        throw serverError(error);
      });
      return this.#published;
    });
    return this.#publishing;
  }

  /** Opens what all runs of the lane need. What could not be opened may be there the next time. */
  #open(): Promise<Opened> {
    if (this.#opening !== undefined) return this.#opening;
    const { lane, onNotice } = this.#options;
    const opening = Promise.all([
      openTenant(this.#topology, lane.tenant).then(async (tenant) => {
        const ackWaitMs = await openLane(this.#topology, tenant, lane);
        return { tenant, topology: { ...this.#topology, ackWaitMs } };
      }),
      NodeWatch.start(this.#topology.nodes),
    ]).then(([opened, nodes]) => {
      const notice = sayOtherAckWait(lane, opened.topology.ackWaitMs, this.#topology.ackWaitMs);
      if (notice !== undefined) onNotice?.(notice);
      return { ...opened, nodes };
    });
    this.#opening = opening;
    opening.catch(() => {
      this.#opening = undefined;
    });
    return opening;
  }

  async #publish(spec: RunSpec): Promise<PublishedRun> {
    const { lane, mostInFlight, trusted } = this.#options;
    const { observe = () => {}, onWaiting = () => {}, onNotice = () => {} } = this.#options;
    const { topology, tenant, nodes } = await this.#open();
    const manifest = await this.#manifestOf(spec, tenant);
    const claim = await RunClaim.take(tenant.runs, manifest);
    const stored = claim.isResumed
      ? await StoredResults.read(topology, tenant, claim.run)
      : NO_RESULTS;
    if (claim.isResumed) this.#options.onResumed?.(stored.batches);
    return new PublishedRun({
      topology,
      tenant,
      lane,
      claim,
      stored,
      mostInFlight,
      trusted,
      observe,
      onWaiting,
      onNotice,
      nodes,
    });
  }

  async #manifestOf(
    spec: RunSpec,
    { artifacts: store }: Tenant,
  ): Promise<Omit<RunManifest, "term" | "owner">> {
    const { n, seed, repetitions, limits } = spec;
    const { capabilityClass, tenant } = this.#options.lane;
    const [task, baseline, candidate] = await Promise.all([
      storeArtifact(store, spec.task),
      storeArtifact(store, spec.baseline),
      storeArtifact(store, spec.candidate),
    ]);
    const identity: RunIdentity = {
      name: this.#runName,
      requires: requiredBy(capabilityClass),
      n,
      seed,
      repetitions,
      limits,
      artifacts: { task, baseline, candidate },
    };
    const createdAt = new Date().toISOString();
    return { v: MESSAGE_VERSION, run: runId(tenant, identity), ...identity, createdAt };
  }
}

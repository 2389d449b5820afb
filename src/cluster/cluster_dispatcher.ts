import { randomUUID } from "node:crypto";
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
import { classOf } from "./capabilities.ts";
import { type ClusterJob, MESSAGE_VERSION, type RunManifest } from "./messages.ts";
import { PendingJobs } from "./pending_jobs.ts";
import { openClass, type Topology } from "./topology.ts";

/** How batches are dispatched. */
export interface ClusterDispatcherOptions {
  /** What nodes must have to execute the run's batches; in canonical form. */
  requires: readonly string[];
  /** Batches in flight at a time. */
  width: number;
  /** Hears what is missing where no node takes the batches: the end of "waiting for". */
  onWaiting?: ((reason: string) => void) | undefined;
}

interface PublishedRun {
  spec: RunSpec;
  id: string;
  jobs: PendingJobs;
}

/** Executes batches on the nodes of a cluster: see docs/cluster.md. It closes the connection with itself. */
export class ClusterDispatcher implements Dispatcher {
  readonly width: number;
  readonly #topology: Topology;
  readonly #options: ClusterDispatcherOptions;
  #run: Promise<PublishedRun> | undefined;
  #spec: RunSpec | undefined;

  constructor(topology: Topology, options: ClusterDispatcherOptions) {
    this.#topology = topology;
    this.#options = options;
    this.width = options.width;
  }

  prepare(run: RunSpec, signal?: AbortSignal): Promise<TaskDescription> {
    return this.#do(run, { kind: "describe" }, signal) as Promise<TaskDescription>;
  }

  execute(run: RunSpec, batch: Batch, signal?: AbortSignal): Promise<CaseResult[]> {
    return this.#do(run, { kind: "cases", batch }, signal) as Promise<CaseResult[]>;
  }

  shrink(run: RunSpec, request: ShrinkRequest, signal?: AbortSignal): Promise<Shrunk> {
    return this.#do(run, { kind: "shrink", request }, signal) as Promise<Shrunk>;
  }

  examine(run: RunSpec, cases: CaseAddress[], signal?: AbortSignal): Promise<CaseDetail[]> {
    return this.#do(run, { kind: "examine", cases }, signal) as Promise<CaseDetail[]>;
  }

  async close(): Promise<void> {
    try {
      await this.#endRun();
    } finally {
      await this.#topology.connection.close();
    }
  }

  /** Takes away what is left of the run: nodes that work on it stop. */
  async #endRun(): Promise<void> {
    const publishing = this.#run;
    this.#run = undefined;
    this.#spec = undefined;
    // Whoever asked for a job of a run that could not be published has heard why.
    const run = await publishing?.catch(() => undefined);
    if (run === undefined) return;
    run.jobs.close();
    const { manager, names, runs } = this.#topology;
    await runs.delete(run.id);
    await manager.streams.purge(names.batchStream, { filter: names.batches({ run: run.id }) });
    await manager.streams.purge(names.resultStream, { filter: names.results(run.id) });
  }

  async #do(run: RunSpec, job: ClusterJob, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) throw cancelled();
    const { jobs } = await this.#publishedRun(run);
    return await jobs.do(job, signal);
  }

  #publishedRun(run: RunSpec): Promise<PublishedRun> {
    if (this.#run !== undefined && isSameRun(this.#spec, run)) return this.#run;
    const closed = this.#endRun();
    this.#spec = run;
    this.#run = closed.then(() => this.#publish(run));
    return this.#run;
  }

  async #publish(spec: RunSpec): Promise<PublishedRun> {
    const { artifacts, runs } = this.#topology;
    const [task, baseline, candidate] = await Promise.all([
      storeArtifact(artifacts, spec.task),
      storeArtifact(artifacts, spec.baseline),
      storeArtifact(artifacts, spec.candidate),
    ]);
    const { n, seed, repetitions, limits } = spec;
    const id = randomUUID().replaceAll("-", "");
    const manifest: RunManifest = {
      v: MESSAGE_VERSION,
      run: id,
      requires: [...this.#options.requires],
      n,
      seed,
      repetitions,
      limits,
      artifacts: { task, baseline, candidate },
      createdAt: new Date().toISOString(),
    };
    const capabilityClass = classOf(this.#options.requires);
    await openClass(this.#topology, capabilityClass);
    await runs.put(id, JSON.stringify(manifest));
    return {
      spec,
      id,
      jobs: new PendingJobs(this.#topology, id, capabilityClass, this.#options.onWaiting),
    };
  }
}

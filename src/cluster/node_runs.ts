import { LocalDispatcher } from "../dispatch/local.ts";
import { CupelError } from "../errors.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import { fetchArtifact } from "./artifact_store.ts";
import { type RunManifest, runManifestSchema } from "./messages.ts";
import { parseMessage } from "./parse_message.ts";
import type { Topology } from "./topology.ts";

/** Most runs that a node keeps loaded, besides those that it works on. */
const MOST_IDLE = 2;

/** A run that a node has loaded. */
export interface NodeRun {
  spec: RunSpec;
  dispatcher: LocalDispatcher;
  /** Aborted when the run is over. */
  over: AbortController;
  users: number;
}

/** The runs that a node works on: each read once, with threads of its own, and let go when others come. */
export class NodeRuns {
  readonly #topology: Topology;
  readonly #concurrency: number;
  readonly #runs = new Map<string, Promise<NodeRun>>();

  constructor(topology: Topology, concurrency: number) {
    this.#topology = topology;
    this.#concurrency = concurrency;
  }

  /**
   * Does something with a run.
   *
   * @throws {CupelError} `cancelled` where the run is over.
   */
  async use<T>(id: string, body: (run: NodeRun) => Promise<T>): Promise<T> {
    const loading = this.#runs.get(id) ?? this.#load(id);
    this.#runs.delete(id);
    this.#runs.set(id, loading); // The one that was used last goes last.
    const run = await loading;
    run.users++;
    try {
      return await body(run);
    } finally {
      run.users--;
      await this.#letIdleOnesGo();
    }
  }

  /** Ends what is going on for a run. */
  async end(id: string): Promise<void> {
    const loading = this.#runs.get(id);
    if (loading === undefined) return;
    this.#runs.delete(id);
    const run = await loading.catch(() => undefined);
    run?.over.abort();
    await run?.dispatcher.close();
  }

  /** Ends all. */
  async close(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((id) => this.end(id)));
  }

  #load(id: string): Promise<NodeRun> {
    const loading = this.#read(id);
    // What could not be read may be there when it is asked for again.
    loading.catch(() => this.#runs.delete(id));
    return loading;
  }

  async #read(id: string): Promise<NodeRun> {
    const entry = await this.#topology.runs.get(id);
    if (entry === null || entry.operation !== "PUT") {
      throw new CupelError("cancelled", "The run is over.");
    }
    const manifest = parseMessage(runManifestSchema, entry.value, "a run's manifest");
    const dispatcher = new LocalDispatcher(this.#concurrency);
    return {
      spec: await this.#specOf(manifest),
      dispatcher,
      over: new AbortController(),
      users: 0,
    };
  }

  async #specOf({ artifacts, n, seed, limits, repetitions }: RunManifest): Promise<RunSpec> {
    const store = this.#topology.artifacts;
    const [task, baseline, candidate] = await Promise.all([
      fetchArtifact(store, "task", artifacts.task),
      fetchArtifact(store, "baseline", artifacts.baseline),
      fetchArtifact(store, "candidate", artifacts.candidate),
    ]);
    return { task, baseline, candidate, n, seed, limits, repetitions };
  }

  async #letIdleOnesGo(): Promise<void> {
    for (const [id, loading] of [...this.#runs].slice(0, -MOST_IDLE)) {
      const run = await loading.catch(() => undefined);
      if (run?.users === 0) await this.end(id);
    }
  }
}

import { LocalDispatcher } from "../dispatch/local.ts";
import { CupelError } from "../errors.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import { ArtifactShelf } from "./artifact_shelf.ts";
import { runManifestSchema } from "./messages.ts";
import type { NodeOptions } from "./node_options.ts";
import { parseMessage } from "./parse_message.ts";
import { whileServerIsAway } from "./retry.ts";
import { REHEARSAL } from "./rehearsal.ts";
import { openTenant, type Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** Most runs that a node keeps loaded: to load one again costs more than most batches take. */
const MOST_LOADED = 8;

/** A run that a node has loaded. */
export interface NodeRun {
  spec: RunSpec;
  /** Executes its batches. */
  dispatcher: Dispatcher;
  /** Aborted when the run is over. */
  over: AbortController;
}

interface LoadedRun extends NodeRun {
  dispatcher: LocalDispatcher;
  users: number;
}

/** What a node's options say of its runs. */
type NodeRunsOptions = Pick<NodeOptions, "concurrency" | "cache" | "log">;

/** What a node has its runs from. */
export type RunKeeper = Pick<NodeRuns, "warmUp" | "use" | "close">;

interface WatchedTenant extends Tenant {
  stop(): void;
}

/**
 * The runs that a node works on: each read once, with threads of its own, and let go when others come. The
 * next run takes the threads of one that is over.
 */
export class NodeRuns {
  readonly #topology: Topology;
  readonly #options: NodeRunsOptions;
  readonly #tenants = new Map<string, Promise<WatchedTenant>>();
  readonly #runs = new Map<string, Promise<LoadedRun>>();
  readonly #shelf: ArtifactShelf;
  /** Threads that no run has. */
  #spare: LocalDispatcher | undefined;

  constructor(topology: Topology, options: NodeRunsOptions) {
    this.#topology = topology;
    this.#options = options;
    this.#shelf = new ArtifactShelf(options.cache);
  }

  /** Makes threads ready for the first run. Only a saving of time. */
  async warmUp(): Promise<void> {
    const { concurrency } = this.#options;
    const spare = new LocalDispatcher(concurrency);
    await spare.rehearse({ ...REHEARSAL, n: concurrency });
    this.#spare = spare;
  }

  /**
   * Does something with a run.
   *
   * @throws {CupelError} `cancelled` where the run is over.
   */
  async use<T>(tenant: string, id: string, body: (run: NodeRun) => Promise<T>): Promise<T> {
    const key = keyOf(tenant, id);
    const loading = this.#runs.get(key) ?? this.#load(tenant, id);
    this.#runs.delete(key);
    this.#runs.set(key, loading); // The one that was used last goes last.
    const run = await loading;
    run.users++;
    try {
      return await body(run);
    } finally {
      run.users--;
      await this.#letIdleOnesGo();
    }
  }

  /** Ends all. */
  async close(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((key) => this.#end(key)));
    await this.#spare?.close();
    for (const opening of this.#tenants.values()) {
      const tenant = await opening.catch(() => undefined);
      tenant?.stop();
    }
  }

  async #end(key: string): Promise<void> {
    const loading = this.#runs.get(key);
    if (loading === undefined) return;
    this.#runs.delete(key);
    const run = await loading.catch(() => undefined);
    if (run === undefined) return;
    run.over.abort();
    const last = this.#spare;
    this.#spare = run.dispatcher;
    await last?.close();
  }

  #takeSpare(): LocalDispatcher | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  #load(tenant: string, id: string): Promise<LoadedRun> {
    const loading = whileServerIsAway(() => this.#read(tenant, id));
    // What could not be read may be there when it is asked for again.
    loading.catch(() => this.#runs.delete(keyOf(tenant, id)));
    return loading;
  }

  async #read(name: string, id: string): Promise<LoadedRun> {
    const tenant = await this.#tenant(name);
    const entry = await tenant.runs.get(id);
    if (entry === null || entry.operation !== "PUT") {
      throw new CupelError("cancelled", "The run is over.");
    }
    const manifest = parseMessage(runManifestSchema, entry.value, "a run's manifest");
    // Its name is made of what it says and of its tenant: another's, put in its place, is not this run.
    if (manifest.run !== id) throw new CupelError("cancelled", "The run is over.");
    const spec = await this.#shelf.specOf(tenant, manifest);
    return {
      spec,
      dispatcher: this.#takeSpare() ?? new LocalDispatcher(this.#options.concurrency),
      over: new AbortController(),
      users: 0,
    };
  }

  #tenant(name: string): Promise<WatchedTenant> {
    const known = this.#tenants.get(name);
    if (known !== undefined) return known;
    const opening = this.#watch(name);
    this.#tenants.set(name, opening);
    opening.catch(() => this.#tenants.delete(name));
    return opening;
  }

  /** A run whose manifest was taken away is over. */
  async #watch(name: string): Promise<WatchedTenant> {
    const tenant = await openTenant(this.#topology, name);
    const watch = await tenant.runs.watch({ include: "updates" });
    const reading = (async () => {
      for await (const { key, operation } of watch) {
        if (operation !== "PUT") await this.#end(keyOf(name, key));
      }
    })();
    reading.catch((error) => this.#options.log?.(`cannot watch the runs of ${name}: ${error}`));
    return { ...tenant, stop: () => watch.stop() };
  }

  async #letIdleOnesGo(): Promise<void> {
    for (const [key, loading] of [...this.#runs].slice(0, -MOST_LOADED)) {
      const run = await loading.catch(() => undefined);
      if (run?.users === 0) await this.#end(key);
    }
  }
}

function keyOf(tenant: string, run: string): string {
  return `${tenant}.${run}`;
}

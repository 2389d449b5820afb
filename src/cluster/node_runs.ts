import { LocalDispatcher } from "../dispatch/local.ts";
import { cancelled, CupelError } from "../errors.ts";
import type { Dispatcher } from "../evaluate/dispatcher.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";
import { ArtifactShelf } from "./artifact_shelf.ts";
import { runManifestSchema } from "./messages.ts";
import type { NodeOptions } from "./node_options.ts";
import { parseMessage } from "./parse_message.ts";
import { whileServerIsAway } from "./retry.ts";
import { REHEARSAL } from "./rehearsal.ts";
import { runId } from "./run_identity.ts";
import { SteadyWatch } from "./steady_watch.ts";
import { openTenant, type Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** Most runs that a node keeps loaded: to load one again costs more than most batches take. */
const MOST_LOADED = 8;

/** Milliseconds between two looks whether a tenant's bucket of runs is still the one that is watched. */
const LOOK_MS = 60_000;

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
}

/** A run that is loaded, or being loaded. */
interface HeldRun {
  loading: Promise<LoadedRun>;
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
  readonly #runs = new Map<string, HeldRun>();
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
    const held = this.#runs.get(key) ?? this.#load(tenant, id);
    this.#runs.delete(key);
    this.#runs.set(key, held); // The one that was used last goes last.
    held.users++;
    try {
      const run = await held.loading;
      if (run.over.signal.aborted) throw cancelled();
      return await body(run);
    } finally {
      held.users--;
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
    const held = this.#runs.get(key);
    if (held === undefined) return;
    this.#runs.delete(key);
    const run = await held.loading.catch(() => undefined);
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

  #load(tenant: string, id: string): HeldRun {
    const held = { loading: whileServerIsAway(() => this.#read(tenant, id)), users: 0 };
    const key = keyOf(tenant, id);
    // What could not be read may be there when it is asked for again.
    held.loading.catch(() => {
      if (this.#runs.get(key) === held) this.#runs.delete(key);
    });
    return held;
  }

  async #read(name: string, id: string): Promise<LoadedRun> {
    const tenant = await this.#tenant(name);
    const entry = await tenant.runs.get(id);
    if (entry === null || entry.operation !== "PUT") {
      throw cancelled();
    }
    const manifest = parseMessage(runManifestSchema, entry.value, "a run's manifest");
    if (runId(name, manifest) !== id) {
      const why = `what stands in its place on the server is not that run`;
      throw new CupelError("bad-input", `Cannot execute run ${id} as ${why}`);
    }
    const spec = await this.#shelf.specOf(tenant, manifest);
    return {
      spec,
      dispatcher: this.#takeSpare() ?? new LocalDispatcher(this.#options.concurrency),
      over: new AbortController(),
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
    const watch = await SteadyWatch.start(tenant.runs, {
      updatesOnly: true,
      everyMs: LOOK_MS,
      onEntry: ({ key, operation }) => {
        if (operation === "PUT") return;
        // Not awaited: one that is still being loaded keeps nobody from hearing of others.
        this.#end(keyOf(name, key)).catch((error) => this.#log(`cannot end a run: ${error}`));
      },
    });
    return { ...tenant, stop: () => watch.close() };
  }

  async #letIdleOnesGo(): Promise<void> {
    for (const [key, { users }] of [...this.#runs].slice(0, -MOST_LOADED)) {
      if (users === 0) await this.#end(key);
    }
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

function keyOf(tenant: string, run: string): string {
  return `${tenant}.${run}`;
}

import type { KV, KvWatchEntry } from "@nats-io/kv";
import { type NodeEntry, nodeEntrySchema } from "./node_registry.ts";
import { parseMessage } from "./parse_message.ts";
import { SteadyWatch } from "./steady_watch.ts";
import { NODE_TTL_MS } from "./topology.ts";

interface Heard {
  entry: NodeEntry;
  /** By this process's clock. */
  at: number;
}

/**
 * The nodes that live, as far as this process has heard: each says so every few seconds. When it was last
 * heard is what counts, by this process's own clock; what a node's clock says does not.
 */
export class NodeWatch {
  readonly #heard = new Map<string, Heard>();
  #watch: SteadyWatch | undefined;

  /**
   * Begins to listen.
   *
   * @param everyMs See {@linkcode SteadyWatch}.
   */
  static async start(nodes: KV, everyMs?: number): Promise<NodeWatch> {
    const watch = new NodeWatch();
    const onEntry = (entry: KvWatchEntry) => watch.#hear(entry);
    watch.#watch = await SteadyWatch.start(nodes, { onEntry, everyMs });
    return watch;
  }

  /** The nodes that live, of all or of those with these names. */
  living(names?: ReadonlySet<string>): NodeEntry[] {
    const now = performance.now();
    for (const [name, { at }] of this.#heard) {
      if (now - at >= NODE_TTL_MS) this.#heard.delete(name);
    }
    const heard = [...this.#heard].filter(([name]) => names?.has(name) ?? true);
    return heard.map(([, { entry }]) => entry);
  }

  /** Listens no more. */
  close(): void {
    this.#watch?.close();
  }

  #hear({ key, operation, value }: KvWatchEntry): void {
    if (operation === "PUT") this.#note(key, value);
    else this.#heard.delete(key);
  }

  #note(name: string, value: Uint8Array): void {
    try {
      const entry = parseMessage(nodeEntrySchema, value, "a node's entry");
      this.#heard.set(name, { entry, at: performance.now() });
    } catch {
      this.#heard.delete(name); // An entry of another version is nobody to count on.
    }
  }
}

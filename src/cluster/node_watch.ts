import type { KV } from "@nats-io/kv";
import { type NodeEntry, nodeEntrySchema } from "./node_registry.ts";
import { parseMessage } from "./parse_message.ts";
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
  #stop: () => void = () => {};

  /** Begins to listen. */
  static async start(nodes: KV): Promise<NodeWatch> {
    const watch = new NodeWatch();
    const entries = await nodes.watch();
    watch.#stop = () => entries.stop();
    const reading = (async () => {
      for await (const { key, operation, value } of entries) {
        if (operation === "PUT") watch.#note(key, value);
        else watch.#heard.delete(key);
      }
    })();
    // It ends with the connection: whoever has the watch is told so there.
    reading.catch(() => {});
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
    this.#stop();
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

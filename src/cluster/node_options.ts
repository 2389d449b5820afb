import type { ArtifactCache } from "./artifact_cache.ts";
import type { NodeEvent, Observer } from "./events.ts";
import type { NodeKey } from "./node_key.ts";

/** What a node is. */
export interface NodeOptions {
  /** What it has; in canonical form. */
  capabilities: readonly string[];
  /** It takes only work that requires all of these; empty for all that it can do. */
  only: readonly string[];
  /** Whose work it takes; everybody's where it is left out. */
  tenants?: readonly string[] | undefined;
  /** Shares of tenants, by name, above 0; 1 for who is not in it. */
  weights: ReadonlyMap<string, number>;
  /** Batches at a time. */
  concurrency: number;
  /** Batches after which it takes no more; no bound where it is left out. */
  mostBatches?: number | undefined;
  /** Deliveries without an end after which it gives a batch up; 4 where it is left out. */
  mostDeliveries?: number | undefined;
  /** Signs its results; its fingerprint is the node's name. */
  key: NodeKey;
  /** Keeps artifacts, so that they are not fetched again. */
  cache?: ArtifactCache | undefined;
  /** Hears what happens, for metrics. */
  observe?: Observer<NodeEvent> | undefined;
  /** Hears that it is among the nodes that live, and asks for work. */
  onServing?: (() => void) | undefined;
  /** Hears what people may want to know, a line at a time. */
  log?: (line: string) => void;
}

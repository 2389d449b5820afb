import type { CallGraph, CallSites } from "./call_graph.ts";
import { NodeQueue } from "./node_queue.ts";

/**
 * Where calls are counted.
 *
 * Counting at every function is dear. It is enough to count at a set of functions that every cycle of the
 * call graph passes (a feedback vertex set), if each also answers for the frames that may stand between
 * it and the next one.
 */
export interface Checkpoints {
  /** For each function whether it is a checkpoint. */
  isCheckpoint: boolean[];
  /** Those of the checkpoints that every cycle passes: where fuel is checked. */
  breaksCycle: boolean[];
  /**
   * For each checkpoint the bytes of stack it is charged: its own frame, and the longest chain of frames
   * of other functions that it may call before the next checkpoint.
   */
  stackBytes: number[];
}

/** Functions with larger frames than this are checkpoints in any case, so that chains stay short. */
const LARGE_FRAME_BYTES = 320;

/** A chain of frames between two checkpoints takes at most this. */
const LONGEST_CHAIN_BYTES = 1024;

/**
 * Chooses the checkpoints.
 *
 * A smallest feedback vertex set is NP-hard to find; this is the greedy one of Levy and Low (1988,
 * "A contraction algorithm for finding small cycle cutsets"), with the product of degrees to choose by.
 *
 * @param sites Those of the defined functions, in order.
 * @param imports Number of imported functions.
 */
export function chooseCheckpoints(
  graph: CallGraph,
  sites: readonly CallSites[],
  imports: number,
): Checkpoints {
  const frames = graph.edges.map((_, node) => sites[node - imports]?.frameBytes ?? 0);
  const isCheckpoint = frames.map((frame) => frame > LARGE_FRAME_BYTES);
  breakCycles(graph, isCheckpoint, imports);
  const breaksCycle = [...isCheckpoint];
  const below = boundChains(graph, isCheckpoint, frames);
  const stackBytes = frames.map((frame, node) => frame + (below[node] ?? 0));
  return { isCheckpoint, breaksCycle, stackBytes };
}

/** Adds checkpoints until what is left of the graph has no cycle. */
function breakCycles(graph: CallGraph, chosen: boolean[], imports: number): void {
  const cutter = new CycleCutter(graph.edges, chosen);
  const queue = new NodeQueue();
  for (let node = imports; node < graph.functions; node++) queue.push(cutter.product(node), node);
  for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
    const product = cutter.product(top.node);
    if (product === 0) continue;
    // Products only fall, so what is up to date is the greatest.
    if (product < top.priority) {
      queue.push(product, top.node);
      continue;
    }
    chosen[top.node] = true;
    cutter.remove(top.node);
  }
}

/** A graph from which nodes that are on no cycle fall away by themselves. */
class CycleCutter {
  readonly #successors: readonly number[][];
  readonly #predecessors: number[][];
  readonly #in: number[];
  readonly #out: number[];
  readonly #gone: boolean[];

  constructor(edges: readonly number[][], removed: readonly boolean[]) {
    this.#successors = edges;
    this.#predecessors = edges.map(() => []);
    this.#in = edges.map(() => 0);
    this.#out = edges.map((successors) => successors.length);
    this.#gone = edges.map(() => false);
    edges.forEach((successors, node) => {
      for (const next of successors) {
        this.#predecessors[next]?.push(node);
        this.#in[next] = (this.#in[next] ?? 0) + 1;
      }
    });
    removed.forEach((isRemoved, node) => isRemoved && this.remove(node));
    edges.forEach((_, node) => this.#isOnNoCycle(node) && this.remove(node));
  }

  /** The product of a node's degrees; 0 for one that is gone. It never rises. */
  product(node: number): number {
    return this.#gone[node] ? 0 : (this.#in[node] ?? 0) * (this.#out[node] ?? 0);
  }

  /** Takes a node out, and with it all that is then on no cycle. */
  remove(first: number): void {
    const pending = [first];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (this.#gone[node]) continue;
      this.#gone[node] = true;
      this.#detach(this.#successors[node], this.#in, pending);
      this.#detach(this.#predecessors[node], this.#out, pending);
    }
  }

  #detach(neighbours: readonly number[] | undefined, degrees: number[], pending: number[]): void {
    for (const neighbour of neighbours ?? []) {
      degrees[neighbour] = (degrees[neighbour] ?? 0) - 1;
      if (!this.#gone[neighbour] && this.#isOnNoCycle(neighbour)) pending.push(neighbour);
    }
  }

  #isOnNoCycle(node: number): boolean {
    return this.#in[node] === 0 || this.#out[node] === 0;
  }
}

/**
 * For each node: the greatest sum of frames of functions that it may call without a checkpoint between.
 * Where a chain would become too long, the function at its top is made a checkpoint.
 */
function boundChains(
  { edges, functions }: CallGraph,
  isCheckpoint: boolean[],
  frames: readonly number[],
): number[] {
  const chains = new Array<number>(edges.length).fill(0);
  for (const node of calleesFirst(edges, isCheckpoint)) {
    let longest = 0;
    for (const next of edges[node] ?? []) {
      if (!isCheckpoint[next]) {
        longest = Math.max(longest, (frames[next] ?? 0) + (chains[next] ?? 0));
      }
    }
    chains[node] = longest;
    if (node < functions && longest + (frames[node] ?? 0) > LONGEST_CHAIN_BYTES) {
      isCheckpoint[node] = true;
    }
  }
  return chains;
}

/** Nodes in an order in which callees come before their callers; calls of checkpoints do not count. */
export function calleesFirst(
  edges: readonly number[][],
  isCheckpoint: readonly boolean[],
): number[] {
  const order: number[] = [];
  const state = new Uint8Array(edges.length);
  for (let root = 0; root < edges.length; root++) {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack[stack.length - 1] ?? 0;
      if (state[node] === 0) {
        state[node] = 1;
        for (const next of edges[node] ?? []) {
          if (state[next] === 0 && !isCheckpoint[next]) stack.push(next);
        }
        continue;
      }
      stack.pop();
      if (state[node] === 1) order.push(node);
      state[node] = 2;
    }
  }
  return order;
}

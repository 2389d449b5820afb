import { type Lane, laneKey } from "./lane.ts";
import type { ClusterNames } from "./names.ts";
import { type NodeService, takes } from "./node_registry.ts";

/** Milliseconds for which a lane that had nothing is not asked again, unless something was heard of it. */
const EMPTY_MS = 250;

/** The lanes that a node serves, and which of them had nothing a moment ago. */
export class LaneBook {
  readonly #service: NodeService;
  readonly #lanes = new Map<string, Lane>();
  readonly #emptySince = new Map<string, number>();

  constructor(service: NodeService) {
    this.#service = service;
  }

  /** Notes a lane. @returns Whether it is new, and the node takes its batches. */
  add(lane: Lane): boolean {
    const key = laneKey(lane);
    if (this.#lanes.has(key) || !takes(this.#service, lane)) return false;
    this.#lanes.set(key, lane);
    return true;
  }

  /** The lanes that may have a batch. */
  candidates(): Lane[] {
    const now = performance.now();
    return [...this.#lanes].filter(([key]) => {
      const since = this.#emptySince.get(key);
      return since === undefined || now - since >= EMPTY_MS;
    }).map(([, lane]) => lane);
  }

  /** Nothing was in it. */
  isEmpty(lane: Lane): void {
    this.#emptySince.set(laneKey(lane), performance.now());
  }

  /** Any of them may have a batch. */
  forget(): void {
    this.#emptySince.clear();
  }

  /** Subjects on which work for this node is heard of. */
  subjects(names: ClusterNames): string[] {
    const { tenants = ["*"] } = this.#service;
    const classes = new Set([...this.#lanes.values()].map((lane) => lane.capabilityClass));
    return [...classes].flatMap((one) =>
      tenants.flatMap((tenant) => [names.batches(tenant, one), names.wake(tenant, one)])
    );
  }
}

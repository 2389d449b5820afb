import { type Lane, laneKey } from "./lane.ts";
import type { ClusterNames } from "./names.ts";
import { type NodeService, takes } from "./node_registry.ts";

/** Milliseconds for which a lane that had nothing is not asked again, unless something was heard of it. */
const EMPTY_MS = 250;

/** Milliseconds for which a lane is not asked that was not on the server. */
const GONE_MS = 10_000;

/** The lanes that a node serves, and which of them had nothing a moment ago. */
export class LaneBook {
  readonly #service: NodeService;
  readonly #lanes = new Map<string, Lane>();
  readonly #emptySince = new Map<string, number>();
  readonly #goneSince = new Map<string, number>();

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
    const isOver = (since: number | undefined, forMs: number) =>
      since === undefined || now - since >= forMs;
    return [...this.#lanes].filter(([key]) =>
      isOver(this.#emptySince.get(key), EMPTY_MS) && isOver(this.#goneSince.get(key), GONE_MS)
    ).map(([, lane]) => lane);
  }

  /** It is not on the server. */
  isGone(lane: Lane): void {
    this.#goneSince.set(laneKey(lane), performance.now());
  }

  /** It is on the server again. */
  isThere(lane: Lane): void {
    this.#goneSince.delete(laneKey(lane));
  }

  /** It may be on the server again: who asks it next looks first. */
  mayBeBack(lane: Lane): void {
    if (this.wasGone(lane)) this.#goneSince.set(laneKey(lane), -Infinity);
  }

  /** Whether it was not on the server the last time that somebody looked. */
  wasGone(lane: Lane): boolean {
    return this.#goneSince.has(laneKey(lane));
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

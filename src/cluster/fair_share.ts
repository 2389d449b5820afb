import { compareClasses } from "./capabilities.ts";
import { type Lane, PRIORITIES } from "./lane.ts";

/** Milliseconds that a batch is taken to need before any was done. */
const FIRST_GUESS_MS = 100;

/** How much a batch counts in the mean of what batches take. */
const NEWEST_COUNTS = 0.1;

/**
 * Shares a node's time between tenants by weight: start-time fair queueing (Goyal, Vin & Cheng 1996). Each
 * tenant has a clock that runs, while the node works for it, at one over its weight; the tenant whose clock
 * is least is next. Who comes back after a while starts at the time of who is served now: unused time is
 * not saved up. A tenant's priorities order its own work only, so that nobody gains by calling all work urgent.
 */
export class FairShare {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #clocks = new Map<string, number>();
  #now = 0;
  #usualMs = FIRST_GUESS_MS;

  /** @param weights Above 0; 1 for who is not in it. */
  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
  }

  /**
   * Orders lanes by whose turn it is: the most specific class first, then by tenant, then by priority.
   */
  order(lanes: readonly Lane[]): Lane[] {
    return [...lanes].sort((one, other) =>
      compareClasses(one.capabilityClass, other.capabilityClass) ||
      this.#clockOf(one.tenant) - this.#clockOf(other.tenant) ||
      (one.tenant < other.tenant ? -1 : Number(one.tenant > other.tenant)) ||
      PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority)
    );
  }

  /**
   * A batch of a tenant begins: it is charged what batches take, so that slots which begin at the same
   * time do not all choose the same tenant.
   *
   * @returns What charges what it took, in milliseconds, when it is done.
   */
  begin(tenant: string): (tookMs: number) => void {
    const weight = this.#weights.get(tenant) ?? 1;
    const start = this.#clockOf(tenant);
    this.#now = start;
    const guess = this.#usualMs;
    this.#clocks.set(tenant, start + guess / weight);
    return (tookMs) => {
      this.#usualMs += NEWEST_COUNTS * (tookMs - this.#usualMs);
      this.#clocks.set(tenant, (this.#clocks.get(tenant) ?? 0) + (tookMs - guess) / weight);
    };
  }

  #clockOf(tenant: string): number {
    return Math.max(this.#now, this.#clocks.get(tenant) ?? 0);
  }
}

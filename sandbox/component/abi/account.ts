import { ComponentTrap, LiftLimitError } from "../errors.ts";
import type { Store } from "../store.ts";

/**
 * Most calls of components and destructors that may be in one another: each takes some of the host's stack, which no
 * meter counts, and which engines give in different sizes.
 */
const MOST_DEPTH = 64;

/** What all instances of one loaded component share: who pays, what is held, what has gone wrong. */
export class Account {
  readonly store: Store;
  readonly #mostBytes: number;
  /** Bytes of the host's memory that values between components take right now. */
  #held = 0;
  #depth = 0;
  #failure: { cause: unknown } | undefined;
  /** What may differ from its captured state. */
  readonly touched = new Set<{ reset(): void }>();

  /** @param mostBytes most bytes of the host's memory that lifted values may take at a time. */
  constructor(store: Store, mostBytes: number) {
    this.store = store;
    this.#mostBytes = mostBytes;
  }

  /**
   * Asks for what lifting a part of a value takes, before it is done.
   *
   * @throws LiftLimitError beyond the limit; what the store throws where the fuel is gone.
   */
  take(units: number, bytes: number): void {
    this.#held += bytes;
    if (this.#held > this.#mostBytes) throw new LiftLimitError(this.#mostBytes);
    this.store.spend(units);
  }

  /** Bytes held, for {@linkcode release}. */
  get held(): number {
    return this.#held;
  }

  /** Values that were lifted since `held` had this value are gone. */
  release(held: number): void {
    this.#held = held;
  }

  /** A call into a component, or of a destructor, begins. */
  deeper(): void {
    if (this.#depth >= MOST_DEPTH) {
      throw new ComponentTrap(
        `nests calls of components and destructors more than ${MOST_DEPTH} deep`,
      );
    }
    this.#depth++;
  }

  /** It is over. */
  shallower(): void {
    this.#depth--;
  }

  /** Runs what may fail. After a failure nothing runs any more, also where a guest caught what was thrown. */
  guard<T>(body: () => T): T {
    this.check();
    try {
      const value = body();
      this.check();
      return value;
    } catch (cause) {
      this.#failure ??= { cause };
      throw this.#failure.cause;
    }
  }

  /** Throws the first failure again, if there was one. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  /** Forgets a failure, what was held and the calls that it ended. */
  reset(): void {
    this.#depth = 0;
    this.#failure = undefined;
    this.#held = 0;
  }
}

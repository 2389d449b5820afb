import type { NatsConnection, Subscription } from "@nats-io/transport-node";

/** A slot that waits. */
export interface Waiting {
  /** Resolves when it waits no more. */
  over: Promise<void>;
  /** Ends it. */
  leave(): void;
}

/**
 * Tells idle slots that there may be work. A node listens only while a slot of it waits, and all that wait
 * are one queue group: of each batch that is published, one idle node hears, however many there are. A
 * message that is missed costs a while, and no work.
 */
export class Wake {
  readonly #connection: NatsConnection;
  readonly #waiting = new Set<() => void>();
  #subjects: readonly string[] = [];
  #subscriptions: Subscription[] = [];

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /** Slots that wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** What is published where there is work for this node; from now on. */
  listenTo(subjects: readonly string[]): void {
    this.#subjects = subjects;
    this.#stopListening();
    if (this.#waiting.size > 0) this.#listen();
  }

  /** Wakes the slot that has waited longest. */
  one(): void {
    const [first] = this.#waiting;
    first?.();
  }

  /** Wakes all. */
  all(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * Listens for a slot until there may be work since this call, for some milliseconds, or until the signal
   * is aborted. Who finds work by itself leaves: what it does not need to hear, another one should.
   */
  next(atMostMs: number, signal: AbortSignal): Waiting {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const leave = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
      this.#waiting.delete(leave);
      if (this.#waiting.size === 0) this.#stopListening();
      resolve();
    };
    const timer = setTimeout(leave, atMostMs);
    signal.addEventListener("abort", leave);
    this.#waiting.add(leave);
    if (this.#waiting.size === 1) this.#listen();
    if (signal.aborted) leave();
    return { over, leave };
  }

  #listen(): void {
    this.#subscriptions = this.#subjects.map((subject) =>
      this.#connection.subscribe(subject, { queue: "idle", callback: () => this.one() })
    );
  }

  #stopListening(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.#subscriptions = [];
  }
}

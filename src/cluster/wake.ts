import type { NatsConnection, Subscription } from "@nats-io/transport-node";

/**
 * Tells idle slots that there may be work, by listening to what is published: the stream takes the same
 * messages, so that a slot can ask for one at once. A message that is missed costs a while, and no work.
 */
export class Wake {
  readonly #subscription: Subscription;
  #waiting = new Set<() => void>();

  /** @param subject What is published where there is work. */
  constructor(connection: NatsConnection, subject: string) {
    this.#subscription = connection.subscribe(subject, { callback: () => this.now() });
  }

  /** Wakes all. */
  now(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves when there may be work since this call, after some milliseconds, or when the signal is aborted. */
  next(atMostMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, atMostMs);
      signal.addEventListener("abort", wake);
      this.#waiting.add(wake);
      if (signal.aborted) wake();
    });
  }

  /** Listens no more. */
  close(): void {
    this.#subscription.unsubscribe();
    this.now();
  }
}

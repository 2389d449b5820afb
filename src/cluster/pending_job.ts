import type { Value } from "../../sandbox/values/value.ts";
import { CupelError } from "../errors.ts";
import type { BatchMessage, ClusterJob } from "./messages.ts";
import { valueOf, type WholeOutcome } from "./outcome_message.ts";

/** A job, and how what it comes to is read. */
export interface JobRequest<T> {
  job: ClusterJob;
  /** @throws {MessageError} where that is not what such a job comes to. */
  read(value: Value): T;
}

/** What ends a job. */
export type Ending = () => void;

/** A job that waits for its result. */
export class PendingJob {
  /** As it was published last. */
  message: BatchMessage;
  /** When it was published last, by this process's clock. */
  publishedAt: number;
  /** Whether this process has published it: else its result may be there from an earlier one's time. */
  isPublished = false;
  /** Its number in the stream of batches, once it is known. */
  sequence: number | undefined;
  /** When it was asked for. */
  readonly since: number;
  /** Ends it with an error. */
  readonly reject: (error: unknown) => void;
  readonly #accept: (value: Value) => Ending;

  private constructor(
    message: BatchMessage,
    accept: (value: Value) => Ending,
    reject: (error: unknown) => void,
  ) {
    this.message = message;
    this.since = performance.now();
    this.publishedAt = this.since;
    this.#accept = accept;
    this.reject = reject;
  }

  /** A job, and the promise of what it comes to. */
  static of<T>(message: BatchMessage, read: JobRequest<T>["read"]) {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const accept = (value: Value) => {
      const came = read(value);
      return () => resolve(came);
    };
    return { pending: new PendingJob(message, accept, reject), promise };
  }

  /**
   * Reads what a node says that the job came to.
   *
   * @returns What ends the job with it.
   * @throws {MessageError} where it is not what such a job comes to.
   */
  async endingOf(outcome: WholeOutcome, node: string): Promise<Ending> {
    if (outcome.ok) return this.#accept(await valueOf(outcome));
    const { code, message } = outcome.error;
    // What is wrong with a node is no fault of this process.
    const why = code === "internal"
      ? `Cannot go on with the run: the node ${node} failed: ${message}`
      : message;
    return () => this.reject(new CupelError("bad-input", why));
  }
}

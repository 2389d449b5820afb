/** An answer that is known for a call before it is made: it is not executed again. */
export interface KnownAnswer {
  /** The unit, counted from the first one of the job as it is given now. */
  unit: number;
  /** Number of the call within the unit. */
  ordinal: number;
  kind: "deadline" | "crash";
  message: string;
  wallMs: number;
}

/** From the main thread to a worker. */
export type ToWorker<Init, Job> =
  | { kind: "start"; init: Init; control: SharedArrayBuffer; answers: readonly KnownAnswer[] }
  | { kind: "job"; job: Job; answers: readonly KnownAnswer[] };

/** From a worker to the main thread. */
export type FromWorker<Item> =
  | { kind: "ready" }
  | { kind: "items"; items: readonly Item[] }
  /**
   * An isolate has one more instance; the first of them takes the place of those before. Comes while the
   * worker is busy, too.
   */
  | { kind: "instance"; isolate: string; interrupt: SharedArrayBuffer; isFirst: boolean }
  | { kind: "done" }
  /** The program threw. */
  | { kind: "failed"; message: string };

import { type Consumer, type ConsumerMessages, DeliverPolicy } from "@nats-io/jetstream";
import type { Batch } from "../evaluate/batch.ts";
import { isConsumerMissing } from "./provision.ts";
import { CASES_HEADER, casesOf } from "./result_headers.ts";
import type { Tenant } from "./tenant.ts";
import type { Topology } from "./topology.ts";

/** Milliseconds without a message after which the server is asked whether any is left. */
const QUIET_MS = 1000;

/**
 * What is known of a run's results that are stored already, as an earlier controller was killed: how its
 * batches were cut. Cut alike, they have the same names, and their results are taken in place of work.
 */
export class StoredResults {
  readonly #ends: ReadonlyMap<number, number>;
  readonly #starts: readonly number[];
  /** Names of jobs whose results are stored. */
  readonly jobs: ReadonlySet<string>;

  constructor(jobs: ReadonlySet<string>, batches: readonly Batch[]) {
    this.jobs = jobs;
    this.#ends = new Map(batches.map(({ start, end }) => [start, end]));
    this.#starts = [...this.#ends.keys()].sort((one, other) => one - other);
  }

  /**
   * Reads what there is, without the results themselves.
   *
   * @throws Where the server goes away meanwhile.
   */
  static async read({ client, connection }: Topology, { names }: Tenant, run: string) {
    const consumer = await client.consumers.get(names.resultStream, {
      filter_subjects: names.results(run),
      deliver_policy: DeliverPolicy.All,
      headers_only: true,
    });
    const { num_pending: count } = await consumer.info(true);
    const jobs = new Set<string>();
    const batches: Batch[] = [];
    if (count === 0) return new StoredResults(jobs, batches);
    const messages = await consumer.consume();
    for await (const message of untilNoneIsLeft(consumer, messages)) {
      jobs.add(message.subject.slice(message.subject.lastIndexOf(".") + 1));
      const batch = casesOf(message.headers?.get(CASES_HEADER) ?? "");
      if (batch !== undefined) batches.push(batch);
    }
    await connection.flush();
    return new StoredResults(jobs, batches);
  }

  /** Batches of cases whose results are stored. */
  get batches(): number {
    return this.#starts.length;
  }

  /** The end of the stored batch that begins here; nothing where there is none. */
  endOf(start: number): number | undefined {
    return this.#ends.get(start);
  }

  /** Where the next stored batch begins, at this index or later; nothing where there is none. */
  nextStart(from: number): number | undefined {
    return this.#starts.find((start) => start >= from);
  }
}

/**
 * The messages of a consumer that are there. What was counted may have expired, or been purged, since: then no
 * message says that it is the last, and the server is asked.
 */
async function* untilNoneIsLeft(consumer: Consumer, messages: ConsumerMessages) {
  let isQuiet = true;
  const look = async () => {
    try {
      const { num_pending } = await consumer.info();
      if (num_pending === 0) messages.stop();
    } catch (error) {
      // The library makes one anew that is gone; what else is wrong is for who reads.
      if (!isConsumerMissing(error)) messages.stop(asError(error));
    }
  };
  const looking = setInterval(() => {
    if (isQuiet) void look();
    isQuiet = true;
  }, QUIET_MS);
  try {
    for await (const message of messages) {
      isQuiet = false;
      yield message;
      if (message.info.pending === 0) return;
    }
  } finally {
    clearInterval(looking);
    await messages.close();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Nothing is stored. */
export const NO_RESULTS: StoredResults = new StoredResults(new Set(), []);

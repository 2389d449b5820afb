import type { JetStreamManager } from "@nats-io/jetstream";
import { type DeadLetterEntry, deadLetterEntry } from "./dead_letter_entry.ts";
import type { TenantNames } from "./names.ts";

/** Fewest digits by which a batch or a run is found. */
export const LEAST_DIGITS = 8;

/** Most entries that are given for one id: more would not help to choose. */
const MOST_FOUND = 20;

/** Which dead letters: those of a run, of a batch; all where nothing is said. */
export interface DeadLetterFilter {
  run?: string | undefined;
  batch?: string | undefined;
}

/**
 * The dead letters of a tenant. They are read one by one with requests that leave nothing on the server, as
 * servers answer them since 2.9; nothing is made that is not there.
 */
export class DeadLetters {
  readonly #manager: JetStreamManager;
  readonly #names: TenantNames;

  constructor(manager: JetStreamManager, names: TenantNames) {
    this.#manager = manager;
    this.#names = names;
  }

  /** The entry of a number; nothing where there is none. */
  async get(number: number): Promise<DeadLetterEntry | undefined> {
    const message = await this.#manager.streams
      .getMessage(this.#names.deadStream, { seq: number });
    return message === null ? undefined : deadLetterEntry(this.#names, message);
  }

  /** Entries from the oldest to what is now the newest. */
  async *each(filter: DeadLetterFilter = {}): AsyncGenerator<DeadLetterEntry> {
    const { first_seq, last_seq } = await this.#state();
    yield* this.#between(first_seq, last_seq, filter);
  }

  /**
   * The newest entries, each as `shorten` has it, the newest last.
   *
   * The end of the stream is read, and twice as much before it while that is not enough: numbers
   * have gaps, and a run's letters may be few among many.
   */
  async newest<T>(
    most: number,
    filter: DeadLetterFilter,
    shorten: (entry: DeadLetterEntry) => T,
  ): Promise<T[]> {
    const { first_seq: first, last_seq: last } = await this.#state();
    let found: T[] = [];
    for (let end = last, width = most; end >= first && found.length < most; width *= 2) {
      const start = Math.max(first, end - width + 1);
      const part: T[] = [];
      for await (const entry of this.#between(start, end, filter)) part.push(shorten(entry));
      found = [...part, ...found];
      end = start - 1;
    }
    return found.slice(-most);
  }

  /** How many there are; none is read for it. */
  async count(filter: DeadLetterFilter = {}): Promise<number> {
    if (filter.run === undefined && filter.batch === undefined) {
      return (await this.#state()).messages;
    }
    const { subjects = {} } = await this.#state(this.#subject(filter));
    return Object.values(subjects).reduce((sum, one) => sum + one, 0);
  }

  /** The ids of the runs that have dead letters. */
  async runs(): Promise<string[]> {
    const runs = (await this.#subjects()).map((subject) => subject.split(".").at(-2) ?? "");
    return [...new Set(runs)].sort();
  }

  /** What a run is called, by the first of its letters that says so; most often that is the first. */
  async nameOf(run: string): Promise<string | undefined> {
    for await (const { letter } of this.each({ run })) {
      if (letter?.of?.name !== undefined) return letter.of.name;
    }
    return undefined;
  }

  /**
   * The entries that an id may mean: one by its number, or those of the batches whose ids begin
   * so. Of a batch that was given up again after it was published again there are several.
   */
  async find(id: string, filter: DeadLetterFilter = {}): Promise<DeadLetterEntry[]> {
    const found = new Map<number, DeadLetterEntry>();
    const numbered = /^[1-9]\d{0,14}$/.test(id) ? await this.get(Number(id)) : undefined;
    if (numbered !== undefined && (filter.run ?? numbered.run) === numbered.run) {
      found.set(numbered.number, numbered);
    }
    for (const subject of await this.#subjectsFrom(id, filter)) {
      const [run, batch] = subject.split(".").slice(-2);
      for await (const entry of this.each({ run, batch })) {
        found.set(entry.number, entry);
        if (found.size >= MOST_FOUND) return [...found.values()];
      }
    }
    return [...found.values()];
  }

  /** Removes an entry. @returns Whether it was still there. */
  async drop(number: number): Promise<boolean> {
    try {
      return await this.#manager.streams.deleteMessage(this.#names.deadStream, number, false);
    } catch (error) {
      // The server has one code for whatever goes wrong with it.
      if (await this.get(number) === undefined) return false;
      throw error;
    }
  }

  /** Removes all that are there now. @returns How many. */
  async dropAll(filter: DeadLetterFilter = {}): Promise<number> {
    const { last_seq } = await this.#state();
    const { purged } = await this.#manager.streams.purge(this.#names.deadStream, {
      filter: this.#subject(filter),
      seq: last_seq + 1,
    });
    return purged;
  }

  async #state(subjects?: string) {
    const options = subjects === undefined ? {} : { subjects_filter: subjects };
    return (await this.#manager.streams.info(this.#names.deadStream, options)).state;
  }

  async *#between(
    start: number,
    end: number,
    filter: DeadLetterFilter,
  ): AsyncGenerator<DeadLetterEntry> {
    const next_by_subj = this.#subject(filter);
    for (let seq = start; seq <= end; seq++) {
      // The library's type of the request lacks what the server has known since 2.7.
      const next = { seq, next_by_subj };
      const message = await this.#manager.streams.getMessage(this.#names.deadStream, next);
      if (message === null || message.seq > end) return;
      seq = message.seq;
      yield deadLetterEntry(this.#names, message);
    }
  }

  async #subjects(filter: DeadLetterFilter = {}): Promise<string[]> {
    return Object.keys((await this.#state(this.#subject(filter))).subjects ?? {});
  }

  async #subjectsFrom(id: string, filter: DeadLetterFilter): Promise<string[]> {
    if (id.length < LEAST_DIGITS || !/^[0-9a-f]+$/.test(id)) return [];
    return (await this.#subjects(filter)).filter((subject) =>
      subject.split(".").at(-1)?.startsWith(id)
    );
  }

  #subject({ run = "*", batch = "*" }: DeadLetterFilter): string {
    return this.#names.dead(run, batch);
  }
}

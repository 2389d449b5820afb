import * as z from "zod";
import type { DeadLetterEntry } from "./dead_letter_entry.ts";
import type { DeadLetters } from "./dead_letters.ts";
import { messageId } from "./job_id.ts";
import { type Lane, laneKey } from "./lane.ts";
import { openLane, type Tenant } from "./tenant.ts";
import { batchMessageSchema } from "./messages.ts";
import type { Topology } from "./topology.ts";

/** A letter with keys that this version does not know: they go on with the batch. */
const rawLetterSchema = z.looseObject({ batch: z.looseObject({}) });

/** Publishes batches again that were given up. */
export class DeadLetterRetry {
  readonly #topology: Topology;
  readonly #tenant: Tenant;
  readonly #letters: DeadLetters;
  readonly #open = new Set<string>();

  constructor(topology: Topology, tenant: Tenant, letters: DeadLetters) {
    this.#topology = topology;
    this.#tenant = tenant;
    this.#letters = letters;
  }

  /** Why an entry's batch cannot be published again; nothing where it can. */
  async obstacle({ letter, reason = "" }: DeadLetterEntry): Promise<string | undefined> {
    if (letter === undefined) return reason;
    const again = { ...letter.batch, epoch: letter.batch.epoch + 1 };
    if (!batchMessageSchema.safeParse(again).success) return "it was published too often";
    const run = await this.#tenant.runs.get(letter.batch.run);
    if (run?.operation === "PUT") return undefined;
    return `its run ${letter.batch.run} is over: nobody waits for its result`;
  }

  /**
   * Publishes an entry's batch again, under its next epoch, and removes the entry then, and before that what
   * its run was answered when it was given up: who is killed in
   * between does both again, and the server takes a message of one id once.
   *
   * @throws {TypeError} where the entry cannot be read: see {@linkcode obstacle}.
   */
  async retry({ number, bytes, letter }: DeadLetterEntry): Promise<void> {
    if (letter === undefined) throw new TypeError("there is no batch to publish");
    const { names } = this.#tenant;
    const { id, run, capabilityClass, priority } = letter.batch;
    const lane = { tenant: names.tenant, capabilityClass, priority };
    await this.#openLane(lane);
    const { batch } = rawLetterSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const epoch = letter.batch.epoch + 1;
    // The answer of the node that gave it up: a controller that comes back would take it for the result.
    const filter = names.result(run, id);
    await this.#topology.manager.streams.purge(names.resultStream, { filter });
    await this.#topology.client.publish(
      names.batch(lane, run, id),
      JSON.stringify({ ...batch, epoch }),
      { msgID: messageId(id, epoch) },
    );
    await this.#letters.drop(number);
  }

  async #openLane(lane: Lane): Promise<void> {
    const key = laneKey(lane);
    if (this.#open.has(key)) return;
    await openLane(this.#topology, this.#tenant, lane);
    this.#open.add(key);
  }
}

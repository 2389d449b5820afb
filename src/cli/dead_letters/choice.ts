import type { DeadLetterEntry } from "../../cluster/dead_letter_entry.ts";
import { LEAST_DIGITS } from "../../cluster/dead_letters.ts";
import { refuse } from "../input/refuse.ts";
import { requireRun, type RunChoice } from "./run_choice.ts";
import type { Session } from "./session.ts";
import { MOST_NAMED, someOf } from "./some_of.ts";

/** Which dead letters the user means. */
export interface Choice extends RunChoice {
  /** Numbers and batches; empty for all. */
  ids: string[];
}

/**
 * The entries that ids name, one each, in the order of the ids.
 *
 * @throws {CupelError} `bad-input` for the first id that names none, or several.
 */
export async function chosenEntries(choice: Choice, session: Session): Promise<DeadLetterEntry[]> {
  const { letters, tenant } = session;
  const run = await requireRun(choice, session);
  const chosen = new Map<number, DeadLetterEntry>();
  for (const id of choice.ids) {
    const [entry, ...others] = await letters.find(id, { run });
    if (entry === undefined) {
      const there = await letters.newest(MOST_NAMED, { run }, ({ number }) => `${number}`);
      const whose = choice.run === undefined ? `tenant ${tenant}` : `run ${choice.run}`;
      const what = `the number, or ${LEAST_DIGITS} or more first digits of the batch, of a dead ` +
        `letter of ${whose} (${
          there.length === 0 ? "there is none" : `such as ${there.join(", ")}`
        })`;
      throw refuse("ID", what, id);
    }
    if (others.length > 0) {
      const names = [entry, ...others].map(({ number, batch }) => `${number} of batch ${batch}`);
      throw refuse("ID", `one dead letter's only (it may be ${someOf(names)})`, id);
    }
    chosen.set(entry.number, entry);
  }
  return [...chosen.values()];
}

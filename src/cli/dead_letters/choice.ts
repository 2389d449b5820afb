import type { DeadLetterEntry } from "../../cluster/dead_letter_entry.ts";
import { LEAST_DIGITS } from "../../cluster/dead_letters.ts";
import { CupelError } from "../../errors.ts";
import { refuse } from "../input/refuse.ts";
import type { Session } from "./session.ts";

/** Most that are named where an id is none of them. */
const MOST_NAMED = 10;

/** Which dead letters the user means. */
export interface Choice {
  /** Numbers and batches; empty for all. */
  ids: string[];
  /** The run whose letters alone count, or the first digits of its id. */
  run?: string | undefined;
}

/**
 * The whole id of the run that a choice names.
 *
 * @returns Nothing where it names none; what it names where that has no dead letters.
 * @throws {CupelError} `bad-input` where several begin so.
 */
export async function runOf({ run }: Choice, { letters }: Session): Promise<string | undefined> {
  if (run === undefined) return undefined;
  if (!/^[0-9a-f]{8,64}$/.test(run)) {
    throw refuse("--run", `a run's id, or ${LEAST_DIGITS} or more of its first digits`, run);
  }
  const runs = await letters.runsFrom(run);
  if (runs.length <= 1 || runs.includes(run)) return runs.length === 1 ? runs[0] : run;
  throw refuse("--run", `the start of one id only (${someOf(runs)} begin so)`, run);
}

/**
 * The entries that ids name, one each, in the order of the ids.
 *
 * @throws {CupelError} `bad-input` for the first id that names none, or several.
 */
export async function chosenEntries(choice: Choice, session: Session): Promise<DeadLetterEntry[]> {
  const { letters, tenant } = session;
  const run = await runOf(choice, session);
  const chosen = new Map<number, DeadLetterEntry>();
  for (const id of choice.ids) {
    const [entry, ...others] = await letters.find(id, { run });
    if (entry === undefined) {
      const there = await letters.newest(MOST_NAMED, { run }, ({ number }) => `${number}`);
      const whose = run === undefined ? `tenant ${tenant}` : `run ${run}`;
      const what = `the number, or ${LEAST_DIGITS} or more first digits of the batch, of a dead ` +
        `letter of ${whose} (${
          there.length === 0 ? "there is none" : `such as ${there.join(", ")}`
        })`;
      throw refuse("ID", what, id);
    }
    if (others.length > 0) {
      const names = [entry, ...others].map(({ number, batch }) =>
        `${number} of batch ${batch}`
      );
      throw refuse("ID", `one dead letter's only (it may be ${someOf(names)})`, id);
    }
    chosen.set(entry.number, entry);
  }
  return [...chosen.values()];
}

/** @throws {CupelError} `bad-input` where a run has no dead letters, of which something is to be done. */
export async function requireLetters(run: string | undefined, session: Session): Promise<void> {
  if (run === undefined || await session.letters.count({ run }) > 0) return;
  const runs = await session.letters.runsFrom("");
  const there = runs.length === 0 ? "there is none" : `there are of ${someOf(runs)}`;
  throw new CupelError(
    "bad-input",
    `Cannot use --run as there must be dead letters of run ${run}: ${there}`,
  );
}

function someOf(names: string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

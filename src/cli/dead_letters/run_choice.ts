import { type DeadLetters, LEAST_DIGITS } from "../../cluster/dead_letters.ts";
import { refuse } from "../input/refuse.ts";
import type { Session } from "./session.ts";
import { MOST_NAMED, someOf } from "./some_of.ts";

/** The run whose letters alone count: its name, its id, or the first digits of that; all without it. */
export interface RunChoice {
  run?: string | undefined;
}

/** Runs that a choice may mean: none of those that have dead letters, one, or all of them. */
export type FoundRun = { isThere: false } | { isThere: true; run?: string };

/**
 * Looks up the run that a choice names: by its id, its name, or the first digits of its id.
 *
 * @throws {CupelError} `bad-input` where it may be several: those that are called so, or begin so.
 */
export async function findRun({ run }: RunChoice, { letters }: Session): Promise<FoundRun> {
  if (run === undefined) return { isThere: true };
  const found = await runsMeantBy(run, letters);
  if (found.length > 1) {
    const named = `(it may be ${someOf(await describe(found, letters))}: give its id)`;
    throw refuse("--run", `one run only ${named}`, run);
  }
  const [only] = found;
  return only === undefined ? { isThere: false } : { isThere: true, run: only };
}

/**
 * The same, where something is to be done with its dead letters.
 *
 * @returns The id of the run; nothing where the choice names none.
 * @throws {CupelError} `bad-input` where the run has no dead letters, or it may be several.
 */
export async function requireRun(choice: RunChoice, session: Session): Promise<string | undefined> {
  const found = await findRun(choice, session);
  if (found.isThere) return found.run;
  const { letters } = session;
  const runs = await letters.runs();
  const there = runs.length === 0
    ? "there is none"
    : `there are of ${someOf(await describe(runs, letters))}`;
  const what =
    `the name of a run that has dead letters, its id, or ${LEAST_DIGITS} or more first ` +
    `digits of that (${there})`;
  throw refuse("--run", what, choice.run ?? "");
}

async function runsMeantBy(text: string, letters: DeadLetters): Promise<string[]> {
  const runs = await letters.runs();
  if (runs.includes(text)) return [text];
  const found: string[] = [];
  for (const run of runs) {
    const isMeant = text.length >= LEAST_DIGITS && run.startsWith(text) ||
      await letters.nameOf(run) === text;
    if (isMeant) found.push(run);
  }
  return found;
}

/** Runs as people know them, with their ids; of many only the first, as each is a question to the server. */
async function describe(runs: readonly string[], letters: DeadLetters): Promise<string[]> {
  const known = await Promise.all(
    runs.slice(0, MOST_NAMED).map(async (run) => {
      const name = await letters.nameOf(run);
      return name === undefined ? run : `${name} with id ${run}`;
    }),
  );
  return [...known, ...runs.slice(MOST_NAMED)];
}

import type { DeadLetterEntry } from "../../cluster/dead_letter_entry.ts";
import type { DeadLetterRetry } from "../../cluster/dead_letter_retry.ts";
import { CupelError } from "../../errors.ts";
import { escapeLine } from "../../report/escape.ts";
import { printableJson } from "../../report/printable_json.ts";
import type { Context } from "../context.ts";
import type { OutputFile } from "../input/output_file.ts";
import { type Choice, chosenEntries } from "./choice.ts";
import {
  type DeadLetterSummary,
  jsonLineOf,
  linesOf,
  recordOf,
  summaryOf,
  tableOf,
} from "./description.ts";
import { findRun, requireRun } from "./run_choice.ts";
import type { Session } from "./session.ts";

/** Dead letters that are listed where not all are asked for. */
export const LISTED = 100;

/** What is to be done with which dead letters. */
export interface Wanted extends Choice {
  /** To list more than {@linkcode LISTED}. */
  all: boolean;
  json: boolean;
  /** Where an export goes to; standard output without it. */
  output?: OutputFile | undefined;
}

/** Something that is done with dead letters. */
export type Act = (wanted: Wanted, session: Session, context: Context) => Promise<void>;

/** `cupel dlq list`: the newest last. */
export const listLetters: Act = async (wanted, session, { stdout }) => {
  const { letters, tenant } = session;
  const found = await findRun(wanted, session);
  const shown = found.isThere
    ? await letters.newest(wanted.all ? Infinity : LISTED, found, summaryOf)
    : [];
  const older = found.isThere ? Math.max(0, await letters.count(found) - shown.length) : 0;
  if (wanted.json) {
    stdout.write(printableJson({ tenant, deadLetters: shown, older }));
    return;
  }
  stdout.write(listText(shown, older, whose(wanted, session)));
};

function listText(shown: DeadLetterSummary[], older: number, whose: string): string {
  if (shown.length === 0) return noneLine(whose);
  const reasons = shown.flatMap(({ number, reason }) =>
    reason === undefined ? [] : [escapeLine(`${number}: ${reason}`)]
  );
  const rest = older === 0 ? [] : [`${older} older: --all lists them too`];
  return [...tableOf(shown), ...reasons, ...rest].map((line) => `${line}\n`).join("");
}

/** `cupel dlq show`: all of some. */
export const showLetters: Act = async (wanted, session, { stdout }) => {
  const entries = await chosenEntries(wanted, session);
  if (wanted.json) {
    stdout.write(printableJson(entries.map(recordOf)));
    return;
  }
  const texts = entries.map((entry) => linesOf(entry).map((line) => `${line}\n`).join(""));
  stdout.write(texts.join("\n"));
};

/** `cupel dlq export`: one a line, each read when the one before is written. */
export const exportLetters: Act = async (wanted, session, { stdout }) => {
  const { output } = wanted;
  const entries = wanted.ids.length > 0
    ? await chosenEntries(wanted, session)
    : session.letters.each({ run: await requireRun(wanted, session) });
  if (output === undefined) {
    for await (const entry of entries) stdout.write(jsonLineOf(entry));
    return;
  }
  let count = 0;
  await output.write((async function* () {
    for await (const entry of entries) {
      yield jsonLineOf(entry);
      count++;
    }
  })());
  stdout.write(`exported ${countText(count)}\n`);
};

/** `cupel dlq drop`: removes some, or all. */
export const dropLetters: Act = async (wanted, session, { stdout }) => {
  const count = wanted.ids.length > 0
    ? await dropChosen(wanted, session)
    : await dropAll(wanted, session);
  const isNone = count === 0 && wanted.ids.length === 0;
  const text = isNone
    ? noneLine(whose(wanted, session), "nothing to drop")
    : `dropped ${countText(count)}\n`;
  stdout.write(wanted.json ? printableJson({ dropped: count }) : text);
};

async function dropChosen(choice: Choice, session: Session): Promise<number> {
  let count = 0;
  // All are looked up before one is removed: an id that is mistyped changes nothing.
  for (const { number } of await chosenEntries(choice, session)) {
    if (await session.letters.drop(number)) count++;
  }
  return count;
}

async function dropAll(choice: Choice, session: Session): Promise<number> {
  return await session.letters.dropAll({ run: await requireRun(choice, session) });
}

/** What came of publishing again. */
interface Retried {
  retried: number[];
  /** Those that stay, and why. */
  left: { number: number; reason: string }[];
}

/**
 * `cupel dlq retry`: publishes the batches of some again, or of all that can be.
 *
 * @throws {CupelError} `bad-input` where there are some, and none can be.
 */
export const retryLetters: Act = async (wanted, session, { stdout }) => {
  const result = wanted.ids.length > 0
    ? await retryChosen(wanted, session)
    : await retryAll(wanted, session);
  const { retried, left } = result;
  stdout.write(wanted.json ? printableJson(result) : retriedText(result, whose(wanted, session)));
  if (retried.length > 0 || left.length === 0) return;
  throw new CupelError(
    "bad-input",
    `Cannot retry any of ${countText(left.length)}: nothing was published`,
  );
};

function retriedText({ retried, left }: Retried, whose: string): string {
  if (retried.length === 0 && left.length === 0) return noneLine(whose, "nothing to retry");
  const lines = left.map(({ number, reason }) => escapeLine(`left ${number}: ${reason}`));
  if (retried.length > 0) lines.push(`published ${countText(retried.length)} again`);
  return lines.map((line) => `${line}\n`).join("");
}

async function retryChosen(choice: Choice, session: Session): Promise<Retried> {
  const entries = await chosenEntries(choice, session);
  const retry = await session.openRetry();
  for (const entry of entries) {
    const obstacle = await retry.obstacle(entry);
    if (obstacle === undefined) continue;
    throw new CupelError("bad-input", `Cannot retry dead letter ${entry.number}: ${obstacle}`);
  }
  return await publishAgain(entries, retry);
}

async function retryAll(choice: Choice, session: Session): Promise<Retried> {
  const run = await requireRun(choice, session);
  return await publishAgain(session.letters.each({ run }), await session.openRetry());
}

async function publishAgain(
  entries: Iterable<DeadLetterEntry> | AsyncIterable<DeadLetterEntry>,
  retry: DeadLetterRetry,
): Promise<Retried> {
  const result: Retried = { retried: [], left: [] };
  for await (const entry of entries) {
    const { number } = entry;
    const reason = await retry.obstacle(entry);
    if (reason === undefined) {
      await retry.retry(entry);
      result.retried.push(number);
    } else {
      result.left.push({ number, reason });
    }
  }
  return result;
}

/** Of whom dead letters are meant, as the user said it. */
function whose({ run }: Choice, { tenant }: Session): string {
  return run === undefined ? `tenant ${tenant}` : `run ${run}`;
}

function noneLine(whose: string, so?: string): string {
  return escapeLine(`no dead letters of ${whose}${so === undefined ? "" : `: ${so}`}`) + "\n";
}

function countText(count: number): string {
  return `${count} dead ${count === 1 ? "letter" : "letters"}`;
}

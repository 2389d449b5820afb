import { escapeLine } from "../report/escape.ts";
import type { CaseAddress } from "../evaluate/case_detail.ts";
import { shellWord } from "./shell_word.ts";

/** What a case of a run is made from: the run's files, and what was set for it. */
export interface ReplayedRun {
  task: string;
  baseline: string;
  candidate: string;
  /** Flags that the case depends on, with their values; what nobody set is left out. */
  flags: readonly { flag: string; value: string }[];
}

/**
 * The command that runs a case of a run again, to be pasted into a shell.
 *
 * @param report The file that the report is written to: it knows what its cases were shrunk to. Without
 * one, the line names the run's files and the path of shrinks.
 * @returns `undefined` where a file's name holds what a terminal would act on: no such line is safe to
 * be printed, nor to be pasted.
 */
export function replayLine(
  run: ReplayedRun,
  report: string | undefined,
  { index, path }: CaseAddress,
): string | undefined {
  const chosen = ["--case", `${index}`];
  if (report !== undefined) return line([report, ...chosen]);
  const { task, baseline, candidate, flags } = run;
  const words = [task, "--baseline", baseline, "--candidate", candidate];
  for (const { flag, value } of flags) words.push(flag, value);
  if (path.length > 0) chosen.push("--path", path.join("."));
  return line([...words, ...chosen]);
}

function line(words: readonly string[]): string | undefined {
  if (words.some((word) => escapeLine(word) !== word)) return undefined;
  return `cupel replay ${words.map(shellWord).join(" ")}`;
}

import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import type { EvaluateFilesOptions } from "../evaluate_files.ts";

type Run = Pick<EvaluateFilesOptions, "task" | "baseline" | "candidate" | "seed" | "limits">;

/**
 * The command that runs a case of a run again, but for its `--case`, to be pasted into a shell.
 *
 * @param report The file that the report is written to; without one, the line names the run's files.
 */
export function replayLine(run: Run, report: string | undefined): string {
  if (report !== undefined) return `cupel replay ${shellWord(report)}`;
  const { task, baseline, candidate, seed = 42, limits = {} } = run;
  const flags: [string, number | undefined, number][] = [
    ["--seed", seed, 42],
    ["--fuel", limits.fuel, DEFAULT_LIMITS.fuel],
    ["--memory", limits.memoryBytes, DEFAULT_LIMITS.memoryBytes],
    ["--deadline", limits.deadlineMs, DEFAULT_LIMITS.deadlineMs],
  ];
  const words = [
    shellWord(task),
    "--baseline",
    shellWord(baseline),
    "--candidate",
    shellWord(candidate),
  ];
  for (const [flag, value, usual] of flags) {
    if (value !== undefined && value !== usual) words.push(flag, `${value}`);
  }
  return `cupel replay ${words.join(" ")}`;
}

/** A word for a POSIX shell (2.2 Quoting), between single quotes where it needs them. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

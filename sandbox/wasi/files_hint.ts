/** Functions that fail only for who looks for a file by its path. */
const OPENING = ["path_open", "path_filestat_get", "path_readlink"];

/** What programs say that cannot open a file. */
const COMPLAINT =
  /no such file|not capable|capabilit|pre-?opened|bad file|(cannot|can't|could not|unable to|failed to) (open|read|find)|not found|os error/i;

/**
 * What to tell where a program failed that was granted no files: where it looked for some.
 *
 * A libc finds out at the start that no directory is open, and then asks for nothing more. What the program
 * says has to tell then whether it wanted a file.
 *
 * @param failed The functions of WASI that failed in the call.
 * @param said The end of what the program wrote to standard error.
 */
export function filesHint(failed: ReadonlySet<string>, said: string): string | undefined {
  const hasLooked = OPENING.some((name) => failed.has(name)) ||
    (failed.has("fd_prestat_get") && COMPLAINT.test(said));
  return hasLooked ? "it has no files: a manifest grants them, see docs/guests.md" : undefined;
}

import { SandboxError } from "../../sandbox/errors.ts";
import { CupelError } from "../errors.ts";
import { escapeLine, escapeLines } from "../report/escape.ts";
import type { Context } from "./context.ts";
import { EXIT_BAD_INPUT, EXIT_INTERNAL, EXIT_OUTPUT } from "./exit_codes.ts";

/**
 * Tells the user what went wrong, on standard error. The one place where errors become messages and
 * exit codes: what the user can mend is one line, what only we can mend comes with its stack.
 *
 * @returns The exit code.
 */
export function reportFailure(error: unknown, context: Context): number {
  const { interruption, stderr } = context;
  // What breaks while everything is being stopped is no news.
  if (interruption.exitCode !== undefined) return interruption.exitCode;
  if (isBadInput(error)) {
    stderr.write(`error: ${sentence(error.message)}\n`);
    return EXIT_BAD_INPUT;
  }
  const what = error instanceof Error ? error.stack ?? error.message : String(error);
  stderr.write(`internal error: please report it with this text\n${escapeLines(what)}\n`);
  return EXIT_INTERNAL;
}

/**
 * Tells the user that the output is not complete, whatever it says.
 *
 * @returns The exit code.
 */
export function reportLostOutput({ message }: Error, { stderr }: Context): number {
  stderr.write(`error: cannot write to standard output: ${escapeLine(message)}\n`);
  return EXIT_OUTPUT;
}

function isBadInput(error: unknown): error is CupelError | SandboxError {
  if (error instanceof CupelError) return error.code === "bad-input";
  return error instanceof SandboxError && error.code === "bad-source";
}

/** One line, beginning in lower case as it follows "error: ". */
function sentence(message: string): string {
  const line = escapeLine(message.trim().replace(/\s*\n\s*/g, " · "));
  return line.startsWith("Cannot ") ? `c${line.slice(1)}` : line;
}

import { availableParallelism } from "node:os";
import process from "node:process";
import type { OutputStream } from "./runtime.ts";

const DEFAULT_COLUMNS = 80;

/** Standard output. */
export const stdout: OutputStream = outputStream(process.stdout);

/** Standard error. */
export const stderr: OutputStream = outputStream(process.stderr);

/** The arguments given to the program, without the runtime and the script. */
export function programArguments(): string[] {
  return process.argv.slice(2);
}

/** Path of the running executable: `deno`, `bun` or `node`. */
export function executablePath(): string {
  return process.execPath;
}

/** How many threads can run at the same time. At least 1. */
export function coreCount(): number {
  return Math.max(1, availableParallelism());
}

/**
 * Calls `handler` when the user or the system asks the program to stop (SIGINT, SIGTERM), in place of
 * the runtime's own reaction.
 *
 * @returns A function that takes the handler away again.
 */
export function onInterrupt(handler: (signal: "SIGINT" | "SIGTERM") => void): () => void {
  const onSigint = () => handler("SIGINT");
  const onSigterm = () => handler("SIGTERM");
  process.on("SIGINT", onSigint);
  process.on("SIGTERM", onSigterm);
  return () => {
    process.off("SIGINT", onSigint);
    process.off("SIGTERM", onSigterm);
  };
}

/**
 * Ends the process with an exit code, after all that was written has been taken.
 *
 * It ends threads that cannot be interrupted as well, so every program that ran workers leaves by it.
 */
export async function exit(code: number): Promise<never> {
  await Promise.all([ended(process.stdout), ended(process.stderr)]);
  process.exit(code);
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  stream.on("error", ignoreBrokenPipe);
  return {
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
    },
    write: (text) => {
      if (!stream.writableEnded) stream.write(text);
    },
  };
}

/** `cupel … | head` closes the pipe early: nobody wants the rest, which is no failure. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Ends a stream: the one thing that waits for all that was written on Deno, Bun and Node alike. */
function ended(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.end(() => resolve()));
}

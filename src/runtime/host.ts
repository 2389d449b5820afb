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

/**
 * Ends standard output and waits until all that was written has been taken.
 *
 * @returns Why some of it was not, such as a full disk; `undefined` where nothing was lost.
 */
export async function endOutput(): Promise<Error | undefined> {
  await ended(process.stdout);
  return losses.get(process.stdout);
}

/** The first error of each stream that failed. */
const losses = new Map<NodeJS.WriteStream, Error>();

/** Streams that take nothing any more: whoever waits for their end waits for ever. */
const broken = new Set<NodeJS.WriteStream>();

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  const note = (error?: Error | null) => noteLoss(stream, error);
  stream.on("error", note);
  return {
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
    },
    write: (text) => {
      if (stream.writableEnded || broken.has(stream)) return;
      try {
        stream.write(text, note);
      } catch (error) {
        // Deno writes to a file at once, and throws what others hand to the callback.
        if (!(error instanceof Error)) throw error;
        note(error);
      }
    },
  };
}

/** `cupel … | head` closes the pipe early: nobody wants the rest, which is no failure. */
function noteLoss(stream: NodeJS.WriteStream, error?: NodeJS.ErrnoException | null): void {
  if (!error) return;
  broken.add(stream);
  endings.get(stream)?.resolve();
  if (error.code !== "EPIPE" && !losses.has(stream)) losses.set(stream, error);
}

const endings = new Map<NodeJS.WriteStream, PromiseWithResolvers<void>>();

/**
 * Ends a stream: the one thing that waits for all that was written on Deno, Bun and Node alike. Once, as
 * Deno calls no second one back; nor one after an error, when there is nothing left to wait for.
 */
function ended(stream: NodeJS.WriteStream): Promise<void> {
  if (broken.has(stream)) return Promise.resolve();
  const known = endings.get(stream);
  if (known !== undefined) return known.promise;
  const ending = Promise.withResolvers<void>();
  endings.set(stream, ending);
  stream.once("close", ending.resolve);
  stream.end(() => ending.resolve());
  return ending.promise;
}

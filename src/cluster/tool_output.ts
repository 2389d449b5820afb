import { spawn } from "node:child_process";

/** Milliseconds that a tool gets to answer. */
const LIMIT_MS = 3000;

/** More than this is no answer. */
const MOST_CHARACTERS = 1_000_000;

/**
 * What a program of the machine writes to standard output.
 *
 * @returns Nothing where it is not there, fails, or takes too long: it is ended then.
 */
export function toolOutput(
  program: string,
  args: readonly string[],
  limitMs: number = LIMIT_MS,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    const end = (answer?: string) => {
      clearTimeout(timer);
      // What the tool has started itself may hold the pipe open, and us with it.
      child.stdout.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      end();
    }, limitMs);
    child.on("error", () => end());
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      if (text.length < MOST_CHARACTERS) text += part;
    });
    child.on("close", (code) => end(code === 0 ? text : undefined));
  });
}

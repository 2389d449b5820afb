import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ROOT } from "../house/sources.ts";
import { bunRuntime, type Runtime } from "../runner/runtimes.ts";

/** How the command ended and what it wrote. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * The runtimes that the command line is tested on: the one that runs the tests (Deno), and Bun.
 *
 * Deno is quiet, as it writes to standard error where it waits for another Deno that starts in the same
 * folder: "Blocking waiting for file lock on node_modules directory". What Cupel writes is not affected.
 */
export const runtimes: { name: string; command: string[] }[] = [
  { name: "Deno", command: [process.execPath, "run", "-A", "--quiet"] },
  { name: "Bun", command: commandOf(bunRuntime()) },
];

function commandOf(runtime: Runtime): string[] {
  if (runtime.found) return runtime.command;
  throw new Error(`${runtime.name} is needed for this test: ${runtime.reason}`);
}

/** Where a command runs, and the variables that it finds besides the usual ones. */
export interface Place {
  cwd?: string;
  env?: Record<string, string>;
}

/** Starts `cupel`, in the project's folder if none is named. */
export function start(
  args: string[],
  command = runtimes[0]?.command ?? [],
  { cwd = ROOT, env = {} }: Place = {},
): ChildProcess {
  const [program = "", ...rest] = command;
  return spawn(program, [...rest, join(ROOT, "src/cli/main.ts"), ...args], {
    cwd,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "", ...env },
  });
}

/** Waits for a command that was started. */
export function ended(child: ChildProcess, input = ""): Promise<Ended> {
  const result: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => result.stdout += text);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => result.stderr += text);
  // A command that reads no input may have ended before it is written.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ ...result, code: code ?? codeOf(signal) }));
  });
}

/** Deno's `node:child_process` gives an exit code above 128 as the signal that it stands for. */
function codeOf(signal: NodeJS.Signals | null): number | null {
  return signal === null ? null : 128 + constants.signals[signal];
}

/** Runs `cupel` to its end. */
export function cupel(
  args: string[],
  options: { input?: string; command?: string[] } & Place = {},
): Promise<Ended> {
  return ended(start(args, options.command, options), options.input);
}

/** A folder of its own for a test file's sources. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "cupel-cli-"));

  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  /** Takes the folder away. */
  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Runtime } from "./runtimes.ts";
import { type Tally, tallyReport } from "./tally.ts";

/** Where vitest's command line is, once installed. */
const VITEST = "node_modules/vitest/vitest.mjs";

/**
 * Most time for the tests on one runtime: against what hangs, where no timeout of vitest's can end it. Six
 * minutes are enough on an idle machine; one that others keep busy may need many times as long.
 */
const TIME_LIMIT_MS = 60 * 60_000;

/**
 * Runs test files with vitest on one runtime, its output shown as it comes.
 *
 * Vitest that ends without a readable report has crashed: that is a failure, never a smaller count.
 *
 * @param root The project's folder.
 * @param options Further options for vitest.
 * @param signal Ends the run, which then counts as a failure.
 */
export async function runVitest(
  root: string,
  runtime: Runtime & { found: true },
  files: string[],
  options: string[],
  signal: AbortSignal,
): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "cupel-tests-"));
  const report = join(folder, "report.json");
  const [binary = "", ...first] = runtime.command;
  const args = [
    ...first,
    VITEST,
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...runtime.vitestOptions,
    ...options,
    ...files,
  ];
  try {
    const ended = await exitOf(binary, args, { cwd: root, signal });
    return await readTally(report, files.length, ended);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`${runtime.name}: ${why}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTally(path: string, files: number, ended: string): Promise<Tally> {
  try {
    return tallyReport(await readFile(path, "utf8"), { files, succeeded: ended === "code 0" });
  } catch (cause) {
    throw new Error(`vitest ended with ${ended} and left no report that can be read`, { cause });
  }
}

/**
 * Resolves to how the process ended: `code N` or `signal NAME`.
 *
 * It leads a group of its own, which is ended as a whole: a worker that hangs would outlive it.
 */
function exitOf(
  binary: string,
  args: string[],
  { cwd, signal }: { cwd: string; signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    const endGroup = () => child.pid && process.kill(-child.pid, "SIGKILL");
    const timer = setTimeout(() => {
      console.error(`The tests were ended after ${TIME_LIMIT_MS / 60_000} minutes.`);
      endGroup();
    }, TIME_LIMIT_MS);
    signal.addEventListener("abort", endGroup);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", endGroup);
    };
    child.on("error", (error) => (settle(), reject(error)));
    child.on("close", (code, endedBy) => {
      settle();
      resolve(endedBy ? `signal ${endedBy}` : `code ${code}`);
    });
  });
}

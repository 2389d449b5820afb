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
 * Runs test files with vitest on one runtime, its output shown as it comes.
 *
 * Vitest that ends without a readable report has crashed: that is a failure, never a smaller count.
 *
 * @param root The project's folder.
 * @param options Further options for vitest.
 */
export async function runVitest(
  root: string,
  runtime: Runtime & { found: true },
  files: string[],
  options: string[],
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
    const ended = await exitOf(binary, args, root);
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

/** Resolves to how the process ended: `code N` or `signal NAME`. */
function exitOf(binary: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
}

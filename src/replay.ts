import { readFile } from "node:fs/promises";
import type { Limits } from "../sandbox/limits.ts";
import { LocalDispatcher } from "./dispatch/local.ts";
import { CupelError } from "./errors.ts";
import type { CaseAddress, CaseDetail } from "./evaluate/case_detail.ts";
import type { RunSpec } from "./evaluate/run_spec.ts";
import type { TaskDescription } from "./evaluate/task_description.ts";
import { bundleSources, type SourceFiles } from "./evaluate/sources.ts";
import { readReport } from "./report/read_report.ts";

/** Most cases that one case of a report may be shrunk to: each violation of it has its own. */
const MOST_SHRUNK = 20;

/** Cases run again, in full. */
export interface Replay {
  task: TaskDescription;
  /** The case as it was generated; then what it was shrunk to, where the report knows that. */
  details: CaseDetail[];
}

/** Which case to run again. */
export interface ReplayOptions {
  /** Index of the case. */
  index: number;
  /** Aborting it ends the replay. */
  signal?: AbortSignal;
}

/**
 * Runs one case of a reported run again, from the report alone, with everything loaded anew.
 *
 * @param file Path of a report that `cupel evaluate` wrote.
 * @throws {CupelError} `bad-input` where the report cannot be used, or has no such case.
 */
export async function replayReport(file: string, options: ReplayOptions): Promise<Replay> {
  const { run, done, shrunk } = readReport(await readText(file), file);
  const { index } = options;
  if (done === 0) {
    throw new CupelError("bad-input", `Cannot replay case ${index} as ${file} has no case`);
  }
  if (index >= done) {
    throw new CupelError(
      "bad-input",
      `Cannot replay case ${index} as ${file} has ${done} cases: it must be one of 0 to ${
        done - 1
      }`,
    );
  }
  const smaller = shrunk.filter((address) => address.index === index && address.path.length > 0);
  const addresses = withoutRepeats(smaller);
  if (addresses.length > MOST_SHRUNK) {
    throw new CupelError(
      "bad-input",
      `Cannot use ${file} as violations must shrink case ${index} to at most ${MOST_SHRUNK} other ` +
        `cases: current value is ${addresses.length}`,
    );
  }
  return await replay(run, [{ index, path: [] }, ...addresses], options.signal);
}

/** What {@linkcode replayFiles} takes: the run that the case belongs to. */
export interface ReplayFilesOptions extends ReplayOptions, SourceFiles {
  seed: number;
  limits: Limits;
  /** The path of shrinks to the smaller case that is wanted; empty for the case as it was generated. */
  path: number[];
  /** How often the case runs, each time with other random numbers; the first that fails is shown. */
  repetitions: number;
}

/**
 * Runs one case again that files and a seed stand for.
 *
 * @throws {CupelError} `bad-input` where the task or an arm cannot be used.
 * @throws {SandboxError} `bad-source` for a file that cannot be read or bundled.
 */
export async function replayFiles(options: ReplayFilesOptions): Promise<Replay> {
  const { task, baseline, candidate, seed, limits, repetitions, index, path, signal } = options;
  const sources = await bundleSources({ task, baseline, candidate });
  const run = { ...sources, seed, limits, n: index + 1, repetitions };
  return await replay(run, [{ index, path }], signal);
}

async function replay(
  run: RunSpec,
  addresses: CaseAddress[],
  signal?: AbortSignal,
): Promise<Replay> {
  const dispatcher = new LocalDispatcher(1);
  try {
    const task = await dispatcher.prepare(run, signal);
    const { generates, fixedCases } = task;
    const [first] = addresses;
    if (first !== undefined && !generates && first.index >= fixedCases) {
      throw new CupelError(
        "bad-input",
        `Cannot replay case ${first.index} as the task has ${fixedCases} fixed cases and generates ` +
          `none: it must be one of 0 to ${fixedCases - 1}`,
      );
    }
    return { task, details: await dispatcher.examine(run, addresses, signal) };
  } finally {
    await dispatcher.close();
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CupelError("bad-input", `Cannot read the report ${file}: ${why}`, { cause: error });
  }
}

function withoutRepeats(addresses: readonly CaseAddress[]): CaseAddress[] {
  const seen = new Set<string>();
  return addresses.filter(({ path }) => {
    const key = path.join(".");
    return !seen.has(key) && seen.add(key);
  }).map(({ index, path }) => ({ index, path }));
}

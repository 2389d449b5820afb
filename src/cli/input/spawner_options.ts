import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ClusterSettings } from "../../cluster/cluster_options.ts";
import type { NodeService } from "../../cluster/node_registry.ts";
import { CupelError } from "../../errors.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { parseCache } from "./artifact_cache.ts";
import { parseCluster } from "./cluster.ts";
import { METRICS_PORT_OPTION } from "./metrics_port.ts";
import { refuse } from "./refuse.ts";
import { parseWholeNumber } from "./whole_number.ts";
import {
  optionOf,
  parseConcurrency,
  parseDeliveries,
  parseServiceOptions,
  SERVER_OPTION,
  SERVICE_OPTIONS,
} from "./worker_options.ts";

const MOST_WORKERS = 10_000;

/** Seconds without work after which a worker ends, so that none lives on whose spawner was killed. */
const IDLE_EXIT_SECONDS = "60";

const IDLE_EXIT = "--idle-exit";

/** Those of a worker's options that its spawner hands on as they are. */
const HANDED_ON: OptionSpec[] = [
  SERVER_OPTION,
  ...SERVICE_OPTIONS.map((option) =>
    option.flags.startsWith(IDLE_EXIT)
      ? { ...option, defaultText: `${IDLE_EXIT_SECONDS} s` }
      : option
  ),
];

/** Options of the spawner. */
export const SPAWNER_OPTIONS: OptionSpec[] = [
  {
    flags: "--max <n>",
    description: "most workers",
    defaultText: "as many as there are cores and memory for",
  },
  {
    flags: "--warm <n>",
    description: "workers that are there for work that comes",
    defaultText: "1",
  },
  {
    flags: "--concurrency <n>",
    description: "batches at a time in each worker",
    defaultText: "1",
  },
  {
    flags: "--keys <folder>",
    description: "where the workers' keys are kept, so that they have the same few names",
    defaultText: "a new key for each start of a worker",
  },
  METRICS_PORT_OPTION,
  ...HANDED_ON,
];

/** All that the spawner is told on the command line. */
export interface SpawnerSettings {
  settings: ClusterSettings;
  service: NodeService;
  concurrency: number;
  max: number;
  warm: number;
  /** What follows `cupel` on a worker's command line. */
  workerArguments(number: number): string[];
}

/** Parses {@linkcode SPAWNER_OPTIONS}. @throws {CupelError} `bad-input`, naming the option. */
export async function parseSpawnerOptions(options: OptionValues): Promise<SpawnerSettings> {
  const settings = parseCluster(options);
  const concurrency = parseConcurrency(options, 1);
  const max = parseWholeNumber("--max", String(options["max"] ?? MOST_WORKERS), 1, MOST_WORKERS);
  const warm = parseWholeNumber("--warm", String(options["warm"] ?? 1), 0, max);
  const { service: { capabilities, only, tenants } } = await parseServiceOptions(options);
  // What is wrong with what is handed on is said here, and not by each worker.
  parseDeliveries(options);
  parseCache(options);
  const { keys } = options;
  if (keys !== undefined) await makeFolder(String(keys));
  const common = argumentsOf({
    idleExit: IDLE_EXIT_SECONDS,
    ...options,
    // Found out once, for all of them: no driver is asked at each start.
    caps: capabilities.join(","),
  });
  return {
    settings,
    service: { capabilities: [...capabilities], only: [...only], tenants: tenants && [...tenants] },
    concurrency,
    max,
    warm,
    workerArguments: (number) => [
      ...["worker", "--concurrency", `${concurrency}`, ...common],
      ...(keys === undefined ? [] : ["--key", join(String(keys), `worker-${number}.pem`)]),
    ],
  };
}

function argumentsOf(options: OptionValues): string[] {
  return HANDED_ON.map(({ flags }) => flags.split(" ")[0] ?? "").flatMap((flag) => {
    const value = options[optionOf(flag)];
    // In one piece: a value may begin with a dash.
    return value === undefined ? [] : [`${flag}=${value}`];
  });
}

async function makeFolder(path: string): Promise<void> {
  if (path === "") throw refuse("--keys", "the name of a folder", path);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CupelError("bad-input", `Cannot use --keys as a folder "${path}": ${why}`, { cause });
  }
}

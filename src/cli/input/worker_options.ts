import { DEFAULT_DELIVERIES } from "../../cluster/batch_handler.ts";
import type { ClusterSettings } from "../../cluster/cluster_options.ts";
import { detectCapabilities } from "../../cluster/detect_capabilities.ts";
import { newNodeKey } from "../../cluster/node_key.ts";
import type { LifetimeLimits } from "../../cluster/node_lifetime.ts";
import type { NodeOptions } from "../../cluster/node_options.ts";
import { coreCount } from "../../runtime/host.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { CLUSTER_OPTIONS, parseCapabilities, parseCluster } from "./cluster.ts";
import { CACHE_OPTIONS, parseCache } from "./artifact_cache.ts";
import { openKeyFile } from "./key_file.ts";
import { METRICS_PORT_OPTION } from "./metrics_port.ts";
import { refuse } from "./refuse.ts";
import { parseSeconds } from "./seconds.ts";
import { MOST_CONCURRENCY } from "../../cluster/node_registry.ts";
import { parseTenants, parseWeights } from "./tenants.ts";
import { parseWholeNumber } from "./whole_number.ts";

const MOST_DELIVERIES = 1000;

/** In a list of capabilities: all that are detected. */
const AUTO = "auto";

/** Address of the cluster's server. */
export const SERVER_OPTION: OptionSpec = {
  flags: "--nats <urls>",
  description: "NATS server, or several of one cluster with commas between",
  required: true,
};

/** Options that say what work a node takes, and when it ends. */
export const SERVICE_OPTIONS: OptionSpec[] = [
  {
    flags: "--caps <tags>",
    description: "what this node has, as cpu,gpu; auto stands for what is detected",
    defaultText: AUTO,
  },
  {
    flags: "--only <tags>",
    description: "take only work that requires all of these",
    defaultText: "take all that it can do",
  },
  {
    flags: "--tenants <names>",
    description: "whose work to take, as team-a,team-b",
    defaultText: "everybody's",
  },
  {
    flags: "--weights <shares>",
    description: "shares of tenants, as team-a=3,team-b=0.5",
    defaultText: "1 each",
  },
  {
    flags: "--max-deliveries <n>",
    description: "times that a batch may come to a node without an end before it is given up",
    defaultText: `${DEFAULT_DELIVERIES}`,
  },
  {
    flags: "--idle-exit <duration>",
    description: "end after so long without work, in seconds or as 5m",
    defaultText: "never",
  },
  {
    flags: "--max-uptime <duration>",
    description: "end after so long, in seconds or as 1h",
    defaultText: "never",
  },
  ...CACHE_OPTIONS,
  ...CLUSTER_OPTIONS,
];

/** Options of a node. */
export const WORKER_OPTIONS: OptionSpec[] = [
  SERVER_OPTION,
  {
    flags: "--concurrency <n>",
    description: `batches at a time, 1 to ${MOST_CONCURRENCY}`,
    defaultText: "one for each core; 1 with --once",
  },
  {
    flags: "--key <file>",
    description: "Ed25519 key that signs results, in PEM; made where the file is missing",
    defaultText: "a new one for each start",
  },
  { flags: "--once", description: "execute one batch and end" },
  METRICS_PORT_OPTION,
  ...SERVICE_OPTIONS,
];

/** What work a node takes, and when it ends. */
export interface ServiceOptions extends LifetimeLimits {
  service: Pick<NodeOptions, "capabilities" | "only" | "tenants" | "weights">;
}

/** All that a node is told on the command line. */
export interface WorkerOptions {
  settings: ClusterSettings;
  node: NodeOptions;
  limits: LifetimeLimits;
}

/**
 * Parses {@linkcode WORKER_OPTIONS}.
 *
 * @param warn Gets lines about what can be used, but should not be.
 * @throws {CupelError} `bad-input`, naming the option.
 */
export async function parseWorkerOptions(
  options: OptionValues,
  warn: (line: string) => void,
): Promise<WorkerOptions> {
  const settings = parseCluster(options);
  const isOnce = options["once"] === true;
  const concurrency = parseConcurrency(options, isOnce ? 1 : coreCount());
  const { service, ...limits } = await parseServiceOptions(options);
  const { key } = options;
  return {
    settings,
    limits,
    node: {
      ...service,
      cache: parseCache(options),
      concurrency,
      mostDeliveries: parseDeliveries(options),
      mostBatches: isOnce ? 1 : undefined,
      // The last, as it may make a file: not for a command line that is refused.
      key: key === undefined ? newNodeKey() : await openKeyFile("--key", String(key), warn),
    },
  };
}

/** Parses `--concurrency`. @throws {CupelError} `bad-input`. */
export function parseConcurrency({ concurrency }: OptionValues, otherwise: number): number {
  if (concurrency === undefined) return otherwise;
  return parseWholeNumber("--concurrency", String(concurrency), 1, MOST_CONCURRENCY);
}

/** Parses `--max-deliveries`. @throws {CupelError} `bad-input`. */
export function parseDeliveries({ maxDeliveries }: OptionValues): number {
  const text = String(maxDeliveries ?? DEFAULT_DELIVERIES);
  return parseWholeNumber("--max-deliveries", text, 1, MOST_DELIVERIES);
}

/** Parses {@linkcode SERVICE_OPTIONS}. @throws {CupelError} `bad-input`, naming the option. */
export async function parseServiceOptions(options: OptionValues): Promise<ServiceOptions> {
  const given = <T>(name: string, parse: (flag: string, text: string) => T): T | undefined => {
    const text = options[optionOf(`--${name}`)];
    return text === undefined ? undefined : parse(`--${name}`, String(text));
  };
  const limits = {
    idleExitMs: given("idle-exit", parseSeconds),
    maxUptimeMs: given("max-uptime", parseSeconds),
  };
  const tenants = given("tenants", parseTenants);
  const weights = given("weights", parseWeights) ?? new Map<string, number>();
  const stranger = [...weights.keys()].find((name) => tenants?.includes(name) === false);
  if (stranger !== undefined) throw refuse("--weights", "shares of those in --tenants", stranger);
  const only = given("only", parseCapabilities) ?? [];
  const capabilities = await capabilitiesOf(String(options["caps"] ?? AUTO));
  const lacking = only.find((tag) => !capabilities.includes(tag));
  if (lacking !== undefined) {
    throw refuse("--only", `among what the node has (${capabilities.join(", ")})`, lacking);
  }
  return { ...limits, service: { capabilities, only, tenants, weights } };
}

/** The name of a flag's value among the options: `idleExit` of `--idle-exit`. */
export function optionOf(flag: string): string {
  return flag.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

async function capabilitiesOf(text: string): Promise<string[]> {
  const tags = parseCapabilities("--caps", text);
  if (!tags.includes(AUTO)) return tags;
  const all = [...tags.filter((tag) => tag !== AUTO), ...await detectCapabilities()];
  return parseCapabilities("--caps", all.join(","));
}

import { randomBytes } from "node:crypto";
import { capabilitiesSchema } from "../../cluster/capabilities.ts";
import {
  type ClusterOptions,
  clusterOptionsSchema,
  type ClusterSettings,
  MOST_IN_FLIGHT,
} from "../../cluster/cluster_options.ts";
import { readSecret } from "../../cluster/secret_file.ts";
import { CupelError } from "../../errors.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { parseDuration } from "./duration.ts";
import { splitList } from "./list.ts";
import { refuseUnfitLogin } from "./login.ts";
import { METRICS_PORT_OPTION } from "./metrics_port.ts";
import { parseServers } from "./servers.ts";
import { parseWholeNumber } from "./whole_number.ts";

/** Options of all commands that use a cluster, but for its address. */
export const CLUSTER_OPTIONS: OptionSpec[] = [
  {
    flags: "--prefix <name>",
    description: "prefix of the cluster's names on the server",
    defaultText: "cupel",
  },
  {
    flags: "--ack-wait <time>",
    description: "after which a silent node's batch is given to another, 500ms to 1h; the same " +
      "in all of a cluster",
    defaultText: "10s",
  },
  { flags: "--nats-user <name>", description: "user of the NATS server's configuration" },
  { flags: "--nats-password-file <file>", description: "file with that user's password" },
  { flags: "--nats-creds <file>", description: "file with a user's JWT and seed, as nsc makes it" },
  { flags: "--tls-ca <file>", description: "certificates (PEM) that the server's is checked by" },
  { flags: "--tls-cert <file>", description: "certificate (PEM) for a server that wants one" },
  { flags: "--tls-key <file>", description: "key (PEM) of that certificate" },
];

/** Options of commands that have a run executed on a cluster. */
export const DISPATCH_OPTIONS: OptionSpec[] = [
  {
    flags: "--nats <urls>",
    description: "execute the cases on the nodes of a cluster, at this NATS server",
  },
  {
    flags: "--require <tags>",
    description: "with --nats: what a node must have, as cpu,gpu",
    defaultText: "cpu",
  },
  {
    flags: "--tenant <name>",
    description: "with --nats: whose work it is; tenants share the nodes",
    defaultText: "default",
  },
  {
    flags: "--priority <level>",
    description: "with --nats: high, normal or low among the tenant's own work",
    defaultText: "normal",
  },
  {
    flags: "--run <name>",
    description: "with --nats: name of the run; the same one again goes on where it was killed",
    defaultText: "one of its own",
  },
  {
    flags: "--trust-nodes <file>",
    description: "with --nats: count results of these nodes only, a fingerprint a line",
  },
  {
    flags: "--in-flight <n>",
    description: `with --nats: most batches that are out at a time, 1 to ${MOST_IN_FLIGHT}`,
    defaultText: "1000",
  },
  {
    ...METRICS_PORT_OPTION,
    description: `with --nats: ${METRICS_PORT_OPTION.description}`,
  },
  ...CLUSTER_OPTIONS,
];

/**
 * Parses a list of capabilities: `cpu,gpu`.
 *
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseCapabilities(flag: string, text: string): string[] {
  const tags = splitList(text);
  const parsed = capabilitiesSchema.safeParse(tags);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path[0];
  // An empty tag says nothing: the list that it is in does.
  const value = (at === undefined ? "" : tags[Number(at)]) || text;
  throw new CupelError(
    "bad-input",
    `Cannot use ${flag} as ${at === undefined ? "it" : "a capability"} ${issue?.message}: ` +
      `current value is ${JSON.stringify(value)}`,
  );
}

/** The options by what they are in {@linkcode ClusterOptions}. */
const FIELDS = {
  prefix: "prefix",
  tenant: "tenant",
  priority: "priority",
  run: "runName",
  natsUser: "user",
  natsPasswordFile: "passwordFile",
  natsCreds: "credsFile",
  tlsCa: "tlsCaFile",
  tlsCert: "tlsCertFile",
  tlsKey: "tlsKeyFile",
} as const;

/**
 * Parses how a cluster is reached, without what only a run needs.
 *
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseCluster(options: OptionValues): ClusterSettings {
  return parseSettings(options, {});
}

/**
 * Parses how a run is executed on a cluster. A run without a name gets one of its own.
 *
 * @returns Nothing where it is not.
 * @throws {CupelError} `bad-input`, naming the option or its file.
 */
export async function parseDispatch(options: OptionValues): Promise<ClusterSettings | undefined> {
  if (options["nats"] === undefined) return refuseWithout(options);
  const { require, inFlight, trustNodes, run } = options;
  return parseSettings(options, {
    ...(require === undefined ? {} : { requires: parseCapabilities("--require", String(require)) }),
    ...(inFlight === undefined
      ? {}
      : { inFlight: parseWholeNumber("--in-flight", String(inFlight), 1, MOST_IN_FLIGHT) }),
    ...(trustNodes === undefined ? {} : { trustedNodes: await readTrusted(String(trustNodes)) }),
    ...(run === undefined ? { runName: randomBytes(8).toString("hex") } : {}),
  });
}

function parseSettings(options: OptionValues, more: Partial<ClusterOptions>): ClusterSettings {
  const servers = parseServers(String(options["nats"]));
  refuseUnfitLogin(options);
  const given = Object.entries(FIELDS).filter(([option]) => options[option] !== undefined);
  const { ackWait } = options;
  const parsed = clusterOptionsSchema.safeParse({
    ...Object.fromEntries(given.map(([option, field]) => [field, String(options[option])])),
    servers,
    ...(ackWait === undefined ? {} : { ackWaitMs: parseDuration("--ack-wait", String(ackWait)) }),
    ...more,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refusal(options, String(issue?.path[0] ?? ""), issue?.message ?? "");
}

/** Without a cluster, what says how one is used has no effect: most often `--nats` was forgotten. */
function refuseWithout(options: OptionValues): undefined {
  const names = DISPATCH_OPTIONS.map(({ flags }) => flags.replace(/ .*/, ""));
  const given = names.find((name) => options[optionOf(name)] !== undefined);
  if (given === undefined) return undefined;
  throw new CupelError("bad-input", `Cannot use ${given} without --nats`);
}

/** The name of a flag's value among the options: `natsUser` of `--nats-user`. */
function optionOf(flag: string): string {
  return flag.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function refusal(options: OptionValues, field: string, message: string): CupelError {
  const fields = { ...FIELDS, ackWait: "ackWaitMs", require: "requires" };
  const option = Object.entries(fields).find(([, one]) => one === field)?.[0] ?? "nats";
  const flag = `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const must = /^must /.test(message) ? message : `must be valid (${message})`;
  return new CupelError(
    "bad-input",
    `Cannot use ${flag} as it ${must}: current value is ${JSON.stringify(options[option])}`,
  );
}

/** A file of fingerprints: one a line; what follows a `#` is a remark. */
async function readTrusted(path: string): Promise<string[]> {
  const text = await readSecret("--trust-nodes", path) ?? "";
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  const trusted = lines.filter((line) => line !== "");
  const wrong = trusted.find((line) => !/^[0-9a-f]{32}$/.test(line));
  if (wrong === undefined && trusted.length > 0) return trusted;
  throw new CupelError(
    "bad-input",
    `Cannot use --trust-nodes ${path} as it must hold a node's fingerprint a line, 32 lower-case ` +
      `hexadecimal digits: current value is ${JSON.stringify(wrong ?? "")}`,
  );
}

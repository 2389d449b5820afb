import { capabilitiesSchema } from "../../cluster/capabilities.ts";
import { clusterOptionsSchema, type ClusterSettings } from "../../cluster/cluster_options.ts";
import { CupelError } from "../../errors.ts";
import type { OptionSpec, OptionValues } from "../command.ts";

/** Options of all commands that use a cluster, but for its address. */
export const CLUSTER_OPTIONS: OptionSpec[] = [
  {
    flags: "--prefix <name>",
    description: "prefix of the cluster's names on the server",
    defaultText: "cupel",
  },
];

/**
 * Parses a list of capabilities: `cpu,gpu`.
 *
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseCapabilities(flag: string, text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim()).filter((tag) => tag !== "");
  const parsed = capabilitiesSchema.safeParse(tags);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const tag = tags[Number(issue?.path[0] ?? 0)];
  throw new CupelError(
    "bad-input",
    `Cannot use ${flag} as a capability ${issue?.message}: current value is ${JSON.stringify(tag)}`,
  );
}

/**
 * Parses how a cluster is reached.
 *
 * @throws {CupelError} `bad-input`, naming the option.
 */
export function parseCluster(options: OptionValues): ClusterSettings {
  const { nats, prefix, require } = options;
  const servers = String(nats).split(",").map((server) => server.trim());
  const parsed = clusterOptionsSchema.safeParse({
    servers,
    ...(prefix === undefined ? {} : { prefix }),
    ...(require === undefined ? {} : { requires: parseCapabilities("--require", String(require)) }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const flag = issue?.path[0] === "prefix" ? "--prefix" : "--nats";
  const value = flag === "--prefix" ? prefix : nats;
  throw new CupelError(
    "bad-input",
    `Cannot use ${flag} as it ${issue?.message}: current value is ${JSON.stringify(value)}`,
  );
}

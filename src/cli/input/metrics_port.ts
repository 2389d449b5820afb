import type {
  ConnectForMetrics,
  ControllerMetrics,
  NodeMetrics,
  SpawnerMetrics,
} from "../../cluster/metrics/open.ts";
import { importLate } from "../../runtime/late_import.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { parseWholeNumber } from "./whole_number.ts";

const FLAG = "--metrics-port";
const MOST_PORT = 65_535;

/** Option of the commands that serve metrics: see docs/metrics.md. */
export const METRICS_PORT_OPTION: OptionSpec = {
  flags: `${FLAG} <n>`,
  description: "serve Prometheus metrics on this port of 127.0.0.1 while it runs; 0 chooses one",
};

/**
 * The port on which metrics are to be served; nothing where none are.
 *
 * @throws {CupelError} `bad-input` for what is no port.
 */
export function parseMetricsPort({ metricsPort }: OptionValues): number | undefined {
  if (metricsPort === undefined) return undefined;
  return parseWholeNumber(FLAG, String(metricsPort), 0, MOST_PORT);
}

type Open = typeof import("../../cluster/metrics/open.ts");

/** What serves metrics is loaded only where somebody wants them. */
async function openAndTell<Metrics extends { url: string }>(
  options: OptionValues,
  { stderr }: Pick<Context, "stderr">,
  open: (module: Open, port: number) => Promise<Metrics>,
): Promise<Metrics | undefined> {
  const port = parseMetricsPort(options);
  if (port === undefined) return undefined;
  const module = await importLate<Open>("../../cluster/metrics/open.ts", import.meta.url);
  const metrics = await open(module, port);
  stderr.write(`metrics at ${metrics.url}\n`);
  return metrics;
}

/**
 * Serves a node's metrics where the user asks for them, and says where.
 *
 * @throws {CupelError} `bad-input` where the port is none or cannot be had.
 */
export function openNodeMetrics(
  options: OptionValues,
  context: Pick<Context, "stderr">,
): Promise<NodeMetrics | undefined> {
  return openAndTell(options, context, (module, port) => module.openNodeMetrics(port));
}

/** The same for a controller. @param connect Opens the cluster whose queues are shown too. */
export function openControllerMetrics(
  options: OptionValues,
  context: Pick<Context, "stderr">,
  connect: ConnectForMetrics,
): Promise<ControllerMetrics | undefined> {
  return openAndTell(
    options,
    context,
    (module, port) => module.openControllerMetrics(port, connect),
  );
}

/** The same for a spawner. @param connect Opens the cluster whose queues are shown too. */
export function openSpawnerMetrics(
  options: OptionValues,
  context: Pick<Context, "stderr">,
  connect: ConnectForMetrics,
): Promise<SpawnerMetrics | undefined> {
  return openAndTell(options, context, (module, port) => module.openSpawnerMetrics(port, connect));
}

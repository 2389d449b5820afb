import { Counter, Gauge, type Registry } from "prom-client";
import type { Topology } from "../topology.ts";
import { boundedLabel } from "./labels.ts";
import { type ClusterState, QueueReader } from "./queue_reader.ts";
import { withinTime } from "./within_time.ts";

/** Milliseconds for what the server is asked in one scrape; Prometheus gives a scrape ten seconds. */
const MOST_SCRAPE_MS = 5000;

/**
 * Registers what waits in a cluster, of all its lanes: see docs/metrics.md. The server is asked when the
 * metrics are read, once for all of them. Where it does not answer in time, none of them has a value.
 */
export function queueMetrics(registry: Registry, topology: Topology): void {
  const reader = new QueueReader(topology);
  let refreshing: Promise<void> | undefined;
  // Every metric waits for the same answer, so it does not matter which is read first.
  const collect = () =>
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
  const errors = new Counter({
    name: "cupel_scrape_errors_total",
    help: "Scrapes in which the NATS server did not answer all questions in time.",
    registers: [registry],
    collect,
  });
  const { show, hide } = clusterGauges(registry, collect);

  async function refresh(): Promise<void> {
    try {
      show(await withinTime((signal) => reader.read(signal), MOST_SCRAPE_MS));
    } catch {
      hide();
      errors.inc();
    }
  }
}

function clusterGauges(registry: Registry, collect: () => Promise<void>) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry], collect });
  const pending = gauge(
    "cupel_cluster_pending_batches",
    "Batches that wait for a node.",
    ["class"],
  );
  const inFlight = gauge(
    "cupel_cluster_in_flight_batches",
    "Batches that nodes have and did not acknowledge.",
    ["class"],
  );
  const oldest = gauge(
    "cupel_cluster_oldest_batch_age_seconds",
    "Age of the oldest batch that is not acknowledged.",
    ["class"],
  );
  const nodes = gauge("cupel_cluster_live_nodes", "Nodes that live.", ["capability"]);
  const deadLetters = gauge("cupel_cluster_dead_letters", "Dead letters that are kept.", []);
  const classOf = boundedLabel();
  const capabilityOf = boundedLabel();
  const seenCapabilities = new Set<string>();

  const hide = () => {
    for (const metric of [pending, inFlight, oldest, nodes]) metric.reset();
    deadLetters.remove();
  };
  const show = (state: ClusterState) => {
    hide();
    const ages = new Map<string, number>();
    for (const queue of state.queues) {
      const name = classOf(queue.capabilityClass);
      pending.inc({ class: name }, queue.pending);
      inFlight.inc({ class: name }, queue.inFlight);
      ages.set(name, Math.max(ages.get(name) ?? 0, queue.oldestSeconds));
    }
    for (const [name, age] of ages) oldest.set({ class: name }, age);
    // A capability whose last node is gone has none: an alert must see that, not a gap.
    if (state.nodes === undefined) seenCapabilities.clear();
    for (const capability of seenCapabilities) nodes.set({ capability }, 0);
    for (const node of state.nodes ?? []) {
      const capabilities = new Set(node.capabilities.map(capabilityOf));
      for (const capability of capabilities) {
        seenCapabilities.add(capability);
        nodes.inc({ capability });
      }
    }
    deadLetters.set(state.deadLetters);
  };
  hide();
  return { show, hide };
}

import { Counter, Histogram, type Registry } from "prom-client";
import { ARMS, type CaseResult, type JudgedCase } from "../../evaluate/case_result.ts";
import type { NodeEvent, Observer } from "../events.ts";
import { boundedLabel, seconds } from "./labels.ts";

const CASE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const BATCH_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

type Executed = Extract<NodeEvent, { kind: "executed" }>;

/**
 * Registers what a node counts: see docs/metrics.md.
 *
 * @returns What hears the node's events.
 */
export function nodeMetrics(registry: Registry): Observer<NodeEvent> {
  const classOf = boundedLabel();
  const batches = batchCounters(registry);
  const observeExecuted = executedMetrics(registry, classOf);
  return (event) => {
    const labels = { class: classOf(event.capabilityClass) };
    switch (event.kind) {
      case "delivered":
        batches.delivered.inc(labels);
        if (event.attempt > 0) batches.redelivered.inc(labels);
        break;
      case "executed":
        observeExecuted(event);
        break;
      case "dead-lettered":
        batches.deadLettered.inc(labels);
        break;
      case "refused":
        batches.refused.inc(labels);
        break;
    }
  };
}

function batchCounters(registry: Registry) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ["class"], registers: [registry] });
  return {
    delivered: counter("cupel_node_batches_delivered_total", "Batches that came to the node."),
    redelivered: counter(
      "cupel_node_batches_redelivered_total",
      "Of those, batches that were delivered before, to this node or to another.",
    ),
    deadLettered: counter(
      "cupel_node_batches_dead_lettered_total",
      "Batches that the node gave up and kept as dead letters.",
    ),
    refused: counter(
      "cupel_node_messages_refused_total",
      "Messages that are no batches, and were dropped.",
    ),
  };
}

function executedMetrics(
  registry: Registry,
  classOf: (name: string) => string,
): (event: Executed) => void {
  const guestOf = boundedLabel();
  const registers = [registry];
  const batchDuration = new Histogram({
    name: "cupel_node_batch_duration_seconds",
    help: "How long the node took for a batch or another job of a run.",
    labelNames: ["class", "guest", "outcome"],
    buckets: BATCH_SECONDS,
    registers,
  });
  const cases = new Counter({
    name: "cupel_node_cases_total",
    help: "Cases by what became of the candidate in them.",
    labelNames: ["guest", "outcome"],
    registers,
  });
  const caseDuration = new Histogram({
    name: "cupel_node_case_duration_seconds",
    help: "How long the calls of both arms took in a case that was judged.",
    labelNames: ["guest", "outcome"],
    buckets: CASE_SECONDS,
    registers,
  });
  const fuel = new Counter({
    name: "cupel_node_fuel_spent_total",
    help: "Fuel that both arms spent.",
    labelNames: ["class"],
    registers,
  });
  return (event) => {
    const guest = guestOf(event.guest);
    const batch = { class: classOf(event.capabilityClass), guest, outcome: event.outcome };
    batchDuration.observe(batch, seconds(event.wallMs));
    for (const result of event.cases) {
      const labels = { guest, outcome: outcomeOf(result) };
      cases.inc(labels);
      if (!result.valid) continue;
      caseDuration.observe(labels, seconds(sumOf(result, "wallMs")));
      fuel.inc({ class: batch.class }, sumOf(result, "fuel"));
    }
  };
}

/** What became of the candidate: a closed set, as failure kinds are. */
function outcomeOf(result: CaseResult): string {
  if (!result.valid) return "invalid";
  const { failure, passed } = result.arms.candidate;
  return failure ?? (passed ? "passed" : "failed");
}

function sumOf({ arms }: JudgedCase, what: "fuel" | "wallMs"): number {
  return ARMS.reduce((sum, arm) => sum + arms[arm].usage[what], 0);
}

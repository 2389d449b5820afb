import { Counter, Histogram, type Registry } from "prom-client";
import type { ControllerEvent, Observer } from "../events.ts";
import { boundedLabel, seconds } from "./labels.ts";

const RESULT_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

/**
 * Registers what a controller counts: see docs/metrics.md.
 *
 * @returns What hears the controller's events.
 */
export function controllerMetrics(registry: Registry): Observer<ControllerEvent> {
  const classOf = boundedLabel();
  const counters = controllerCounters(registry);
  const { completed, recovered, resultDuration } = completionMetrics(registry);
  return (event) => {
    const labels = { class: classOf(event.capabilityClass) };
    switch (event.kind) {
      case "dispatched":
        (event.epoch > 0 ? counters.republished : counters.dispatched).inc(labels);
        break;
      case "completed":
        completed.inc({ ...labels, outcome: event.outcome });
        resultDuration.observe({ ...labels, outcome: event.outcome }, seconds(event.wallMs));
        break;
      case "recovered":
        recovered.inc({ ...labels, outcome: event.outcome });
        break;
      case "duplicate":
        counters.duplicates.inc(labels);
        break;
      case "refused":
        counters.refused.inc(labels);
        break;
      case "cancelled":
        counters.cancelled.inc(labels);
        break;
      case "given-up": // The node that did it counts it.
        break;
    }
  };
}

function controllerCounters(registry: Registry) {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ["class"], registers: [registry] });
  return {
    dispatched: counter(
      "cupel_controller_batches_dispatched_total",
      "Batches and other jobs that were published for the first time.",
    ),
    republished: counter(
      "cupel_controller_batches_republished_total",
      "Batches and other jobs that were lost and published again.",
    ),
    duplicates: counter(
      "cupel_controller_results_duplicate_total",
      "Results that were dropped as the job had one.",
    ),
    refused: counter(
      "cupel_controller_results_refused_total",
      "Results that were dropped as they are malformed or their signature does not fit.",
    ),
    cancelled: counter(
      "cupel_controller_batches_cancelled_total",
      "Batches and other jobs that were cancelled.",
    ),
  };
}

function completionMetrics(registry: Registry) {
  const completed = new Counter({
    name: "cupel_controller_batches_completed_total",
    help: "Batches and other jobs that were published, and whose first result came.",
    labelNames: ["class", "outcome"],
    registers: [registry],
  });
  const recovered = new Counter({
    name: "cupel_controller_batches_recovered_total",
    help:
      "Batches and other jobs whose results an earlier controller of the run left on the server.",
    labelNames: ["class", "outcome"],
    registers: [registry],
  });
  const resultDuration = new Histogram({
    name: "cupel_controller_result_duration_seconds",
    help: "Time from the first dispatch of a job to its first result.",
    labelNames: ["class", "outcome"],
    buckets: RESULT_SECONDS,
    registers: [registry],
  });
  return { completed, recovered, resultDuration };
}

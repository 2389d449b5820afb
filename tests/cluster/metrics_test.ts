import { Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { controllerMetrics } from "../../src/cluster/metrics/controller_metrics.ts";
import { MessageAges } from "../../src/cluster/metrics/message_age.ts";
import { nodeMetrics } from "../../src/cluster/metrics/node_metrics.ts";
import { spawnerMetrics } from "../../src/cluster/metrics/spawner_metrics.ts";
import { withinTime } from "../../src/cluster/metrics/within_time.ts";
import { armResult, broken, judged } from "../evaluate/case_results.ts";
import { parseExposition, valuesOf } from "./support/exposition.ts";

async function readOf(registry: Registry) {
  const families = parseExposition(await registry.metrics());
  return (name: string) => valuesOf(families, name);
}

describe("a node's metrics", () => {
  test("count batches by class, and redeliveries among them", async () => {
    const registry = new Registry();
    const observe = nodeMetrics(registry);
    const capabilityClass = "cpu_gpu";
    for (const attempt of [0, 1, 2]) observe({ kind: "delivered", capabilityClass, attempt });
    observe({ kind: "dead-lettered", capabilityClass });
    observe({ kind: "refused", capabilityClass: "cpu" });
    const values = await readOf(registry);
    expect(values("cupel_node_batches_delivered_total")).toEqual({ cpu_gpu: 3 });
    expect(values("cupel_node_batches_redelivered_total")).toEqual({ cpu_gpu: 2 });
    expect(values("cupel_node_batches_dead_lettered_total")).toEqual({ cpu_gpu: 1 });
    expect(values("cupel_node_messages_refused_total")).toEqual({ cpu: 1 });
  });

  test("count cases by what became of the candidate, with time and fuel of both arms", async () => {
    const registry = new Registry();
    const good = armResult([], { usage: { fuel: 1000, memoryBytes: 0, wallMs: 250 } });
    const dead = armResult([{ kind: "failure", name: "fuel", message: "" }], { failure: "fuel" });
    nodeMetrics(registry)({
      kind: "executed",
      capabilityClass: "cpu",
      outcome: "ok",
      guest: "javascript",
      wallMs: 1500,
      cases: [
        judged(0, good, good),
        judged(1, good, armResult([broken("sorted")])),
        judged(2, good, dead),
        { index: 3, valid: false, error: { kind: "exception", message: "" } },
      ],
    });
    const values = await readOf(registry);
    const kinds = ["passed", "failed", "fuel", "invalid"].map((kind) => [`javascript ${kind}`, 1]);
    expect(values("cupel_node_cases_total")).toEqual(Object.fromEntries(kinds));
    expect(values("cupel_node_case_duration_seconds_count"))
      .toEqual(Object.fromEntries(kinds.slice(0, 3)));
    expect(values("cupel_node_case_duration_seconds_sum")["javascript passed"]).toBe(0.5);
    expect(values("cupel_node_fuel_spent_total")).toEqual({ cpu: 6000 });
    expect(values("cupel_node_batch_duration_seconds_sum")).toEqual({ "cpu javascript ok": 1.5 });
  });

  test("tell a hundred classes apart, and no more", async () => {
    const registry = new Registry();
    const observe = nodeMetrics(registry);
    for (let i = 0; i < 150; i++) {
      observe({ kind: "refused", capabilityClass: `c${i}` });
      observe({ kind: "refused", capabilityClass: "c0" });
    }
    const refused = (await readOf(registry))("cupel_node_messages_refused_total");
    expect(Object.keys(refused)).toHaveLength(101);
    expect(refused).toMatchObject({ c0: 151, c99: 1, other: 50 });
  });
});

test("a controller's metrics count jobs and results, and time them from their first dispatch", async () => {
  const registry = new Registry();
  const observe = controllerMetrics(registry);
  const capabilityClass = "cpu";
  for (const epoch of [0, 0, 1]) observe({ kind: "dispatched", capabilityClass, epoch });
  observe({ kind: "completed", capabilityClass, outcome: "ok", wallMs: 2000 });
  // Of an earlier controller: neither completed here, nor timed.
  observe({ kind: "recovered", capabilityClass, outcome: "ok" });
  // A clock that is put back.
  observe({ kind: "completed", capabilityClass, outcome: "error", wallMs: -1 });
  for (const kind of ["duplicate", "refused", "cancelled"] as const) {
    observe({ kind, capabilityClass });
  }
  const values = await readOf(registry);
  expect(values("cupel_controller_batches_dispatched_total")).toEqual({ cpu: 2 });
  expect(values("cupel_controller_batches_republished_total")).toEqual({ cpu: 1 });
  expect(values("cupel_controller_batches_completed_total")).toEqual({
    "cpu ok": 1,
    "cpu error": 1,
  });
  expect(values("cupel_controller_batches_recovered_total")).toEqual({ "cpu ok": 1 });
  expect(values("cupel_controller_result_duration_seconds_count"))
    .toEqual({ "cpu ok": 1, "cpu error": 1 });
  expect(values("cupel_controller_results_duplicate_total")).toEqual({ cpu: 1 });
  expect(values("cupel_controller_results_refused_total")).toEqual({ cpu: 1 });
  expect(values("cupel_controller_batches_cancelled_total")).toEqual({ cpu: 1 });
  expect(values("cupel_controller_result_duration_seconds_sum"))
    .toEqual({ "cpu ok": 2, "cpu error": 0 });
});

test("a spawner's metrics count exits by reason, all of them from 0", async () => {
  const registry = new Registry();
  const { onExit, onCount } = spawnerMetrics(registry);
  onExit("idle");
  onExit("idle");
  onExit("crashed");
  onCount(3, 4);
  const values = await readOf(registry);
  expect(values("cupel_spawner_worker_exits_total"))
    .toEqual({ drained: 0, idle: 2, uptime: 0, crashed: 1, killed: 0 });
  expect(values("cupel_spawner_workers_live")).toEqual({ "": 3 });
  expect(values("cupel_spawner_workers_desired")).toEqual({ "": 4 });
});

describe("the age of a queue's first message", () => {
  const first = { seq: 7, storedAt: new Date("2026-01-01T00:00:00Z") };

  test("is by the server's clock where it says the time", () => {
    const ages = new MessageAges(() => NaN);
    expect(ages.ageOf("q", first, "2026-01-01T00:01:30.5Z")).toBe(90.5);
    expect(ages.ageOf("q", first, "2025-12-31T23:59:59Z")).toBe(0);
    expect(ages.ageOf("q", undefined, "2026-01-01T00:01:30Z")).toBe(0);
  });

  test("counts from when it was first seen as the first where the server does not", () => {
    let now = 5000;
    const ages = new MessageAges(() => now);
    const age = (seq?: number) =>
      ages.ageOf("q", seq === undefined ? undefined : { ...first, seq }, undefined);
    expect(age(7)).toBe(0);
    now = 9000;
    expect(age(7)).toBe(4);
    expect(ages.ageOf("another", first, undefined)).toBe(0);
    expect(age(8)).toBe(0);
    now = 9500;
    expect(age(8)).toBe(0.5);
    expect(age()).toBe(0);
    expect(age(8)).toBe(0);
  });
});

test("waiting within a time ends, and tells the work that nobody waits", async () => {
  let signal: AbortSignal | undefined;
  const hanging = withinTime((given) => {
    signal = given;
    return new Promise<never>(() => {});
  }, 10);
  await expect(hanging).rejects.toThrow("no answer within 10 ms");
  expect(signal?.aborted).toBe(true);
  expect(await withinTime(() => Promise.resolve(7), 60_000)).toBe(7);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Backoff } from "../../../src/cluster/spawner/backoff.ts";
import { RecentPeak } from "../../../src/cluster/spawner/recent_peak.ts";
import type { ExitReason } from "../../../src/cluster/metrics/spawner_metrics.ts";
import { exitOf } from "../../../src/cluster/spawner/worker_exit.ts";

describe("what fails again and again", () => {
  const TIMES = { firstMs: 100, mostMs: 1000, quietMs: 5000 };

  test("waits twice as long each time, up to a bound, and shorter again after a quiet time", () => {
    let now = 0;
    const backoff = new Backoff(TIMES, () => now);
    expect(backoff.waitMs).toBe(0);
    const waits: number[] = [];
    for (let failures = 0; failures < 6; failures++) {
      backoff.failed();
      waits.push(backoff.waitMs);
      now += backoff.waitMs + 4000;
    }
    expect(waits).toEqual([100, 200, 400, 800, 1000, 1000]);
    now += 1001;
    backoff.failed();
    expect(backoff.waitMs).toBe(100);
  });

  test("counts once where several fail together", () => {
    let now = 0;
    const backoff = new Backoff(TIMES, () => now);
    for (let failures = 0; failures < 8; failures++) {
      backoff.failed();
      now += 10;
    }
    expect(backoff.waitMs).toBe(20);
  });
});

test("the recent peak is the highest of the numbers of a while", () => {
  const steps = fc.array(fc.record({ after: fc.nat(40), value: fc.nat(10) }), { minLength: 1 });
  fc.assert(fc.property(steps, (all) => {
    let now = 0;
    const peak = new RecentPeak(100, () => now);
    const noted: { value: number; at: number }[] = [];
    for (const { after, value } of all) {
      now += after;
      noted.push({ value, at: now });
      const recent = noted.filter(({ at }) => now - at < 100).map((one) => one.value);
      expect(peak.note(value)).toBe(Math.max(...recent));
    }
  }));
});

describe("why a worker ended", () => {
  const stopped = (reason: string) => `node ${"0".repeat(32)} stopped: ${reason}`;
  test.each<[ExitReason, number | null, string | null, string, boolean]>([
    ["drained", 0, null, stopped("told to (SIGTERM)"), true],
    ["drained", 0, null, stopped("told to (SIGINT)"), false],
    ["drained", null, "SIGTERM", "", true],
    ["drained", 143, null, "", true],
    ["idle", 0, null, stopped("idle for 60 s"), false],
    ["uptime", 0, null, stopped("up for 1 h"), false],
    ["killed", null, "SIGTERM", "", false],
    ["killed", 143, null, "", false],
    ["killed", null, "SIGKILL", stopped("idle for 60 s"), true],
    ["killed", 137, null, "", false],
    ["crashed", 70, null, "", true],
    ["crashed", 3, null, "", false],
    ["crashed", null, null, "", false],
  ])("%s: %j %j %j, told: %j", (exit, code, signal, lastLine, isTold) => {
    expect(exitOf({ code, signal, lastLine, isTold })).toBe(exit);
  });
});

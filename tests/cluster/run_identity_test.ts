import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { runId, type RunIdentity } from "../../src/cluster/run_identity.ts";

const artifact = { name: "a.ts", sha256: "a".repeat(64), object: "b".repeat(64) };
const other = { ...artifact, object: "c".repeat(64) };
const identity: RunIdentity = {
  name: "mine",
  requires: ["cpu"],
  n: 100,
  seed: 7,
  repetitions: 1,
  limits: DEFAULT_LIMITS,
  artifacts: { task: artifact, baseline: artifact, candidate: artifact },
};

/** Runs that are not that one. */
const OTHERS: Record<string, Partial<RunIdentity>> = {
  "another name": { name: "yours" },
  "other requirements": { requires: ["cpu", "gpu"] },
  "more cases": { n: 101 },
  "another seed": { seed: 8 },
  "more repetitions": { repetitions: 2 },
  "another limit": { limits: { ...DEFAULT_LIMITS, fuel: 1 } },
  "another task": { artifacts: { ...identity.artifacts, task: other } },
  "another baseline": { artifacts: { ...identity.artifacts, baseline: other } },
  "another candidate": { artifacts: { ...identity.artifacts, candidate: other } },
};

describe("a run's id", () => {
  test("is the same however its manifest is written, and whatever else stands in it", () => {
    const { limits, artifacts, ...rest } = identity;
    const { candidate, baseline, task } = artifacts;
    const turned = Object.fromEntries(Object.entries(limits).reverse());
    const written = { term: 3, artifacts: { candidate, baseline, task }, limits: turned, ...rest };
    expect(runId("a", JSON.parse(JSON.stringify(written)))).toBe(runId("a", identity));
    expect(runId("a", identity)).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each(Object.entries(OTHERS))("is another with %s", (_, change) => {
    expect(runId("a", { ...identity, ...change })).not.toBe(runId("a", identity));
  });

  test("is another for another tenant", () => {
    expect(runId("b", identity)).not.toBe(runId("a", identity));
  });
});

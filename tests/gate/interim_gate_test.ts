import { describe, expect, test } from "vitest";
import { InterimGate } from "../../src/gate/interim_gate.ts";
import type { PolicyInput } from "../../src/gate/policy_schema.ts";
import { PRESETS } from "../../src/gate/presets.ts";
import { decide } from "../../src/gate/verdict.ts";
import { evidence, interim, policy } from "./evidence.ts";

type Pair = "both" | "baselineOnly" | "candidateOnly" | "neither";

/** Runs a gate case by case; gives the number of cases run and the verdict, if it ended early. */
function run(
  input: PolicyInput,
  requested: number,
  pairOf: (index: number) => Pair,
  options: { clustered?: boolean } = {},
) {
  const rules = policy(input);
  const gate = new InterimGate(rules, { requested, clustered: options.clustered ?? false });
  const cells = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  for (let index = 0; index < requested; index++) {
    cells[pairOf(index)]++;
    const decision = gate.decide(interim({ ...cells, requested }));
    if (decision === undefined) continue;
    const known = {
      stopped: { after: index + 1 },
      clusters: options.clustered ? { count: 3, designEffect: 2, size: 2 } : null,
    };
    const final = decide(evidence({ ...cells, requested }, known), rules);
    expect(final).toEqual(decision);
    return { cases: index + 1, verdict: decision.verdict };
  }
  return { cases: requested, verdict: undefined };
}

const alike = (): Pair => "both";
const bad = (index: number): Pair => index % 2 === 0 ? "baselineOnly" : "both";
const good = (index: number): Pair => index % 2 === 0 ? "candidateOnly" : "both";
const ALWAYS: PolicyInput = { sequential: { method: "always-valid" } };
const TOLERANT: PolicyInput = { ...ALWAYS, regressions: null, difference: { margin: 0.05 } };

describe("without a sequential policy", () => {
  test("a run never ends early, however clear it is", () => {
    expect(run({}, 400, bad)).toEqual({ cases: 400, verdict: undefined });
    expect(run({ regressions: null, difference: { margin: 0.5 } }, 400, alike).cases).toBe(400);
  });
});

describe("with an always-valid test", () => {
  test("a clearly bad candidate is rejected within a fraction of the cases", () => {
    const { cases, verdict } = run(TOLERANT, 400, bad);
    expect(verdict).toBe("reject");
    expect(cases).toBeLessThan(40);
  });

  test("the first regression too many ends the run", () => {
    const late = (index: number): Pair => index === 17 ? "baselineOnly" : "both";
    expect(run(ALWAYS, 400, late)).toEqual({ cases: 18, verdict: "reject" });
    expect(run({ ...ALWAYS, regressions: 1 }, 400, late).cases).toBe(400);
  });

  test("an equal candidate is adopted before the end where a margin is allowed", () => {
    const { cases, verdict } = run(TOLERANT, 400, alike);
    expect(verdict).toBe("adopt");
    expect(cases).toBeLessThan(200);
    expect(cases).toBeGreaterThan(50);
  });

  test("a clearly better candidate is adopted before the end", () => {
    const superiority = { ...TOLERANT, difference: { kind: "superiority", margin: 0.1 } } as const;
    const { cases, verdict } = run(superiority, 400, good);
    expect(verdict).toBe("adopt");
    expect(cases).toBeLessThan(100);
  });

  test("no run is adopted early from fewer cases than the policy wants", () => {
    const wide = { ...TOLERANT, difference: { margin: 0.9 } };
    expect(run({ ...wide, minimumCases: 120 }, 400, alike)).toEqual({
      cases: 120,
      verdict: "adopt",
    });
  });

  test.each<[string, PolicyInput]>([
    ["margin 0", { difference: { margin: 0 } }],
    ["a cap on regressions", { regressions: 5 }],
    ["a cap on hard violations", { hardViolations: { rate: 0.9 } }],
    ["a least pass rate", { passRate: 0.1 }],
    ["a metric", { metrics: { excess: {} } }],
    ["any metric", { otherMetrics: {} }],
    ["a cap on fuel", { cost: { fuel: 10 } }],
    ["a cap on memory", { cost: { memory: 10 } }],
    ["relations", { relations: {} }],
    ["stability", { unstable: { rate: 0.9 } }],
    ["monitors", { monitors: { rejectAt: "critical" } }],
  ])("nothing is adopted early by a policy that judges %s", (_name, input) => {
    expect(run({ ...TOLERANT, ...input }, 400, alike).cases).toBe(400);
    expect(run({ ...TOLERANT, ...input }, 400, bad).verdict).toBe("reject");
  });

  test("nothing is adopted early after a case that could not be judged", () => {
    const rules = policy(TOLERANT);
    const gate = new InterimGate(rules, { requested: 1000, clustered: false });
    for (let both = 1; both < 900; both++) {
      expect(gate.decide(interim({ both, invalid: 1, requested: 1000 }))).toBeUndefined();
    }
  });

  test("dependent cases end a run by a cap, never by an interval", () => {
    expect(run(TOLERANT, 400, bad, { clustered: true }).cases).toBe(400);
    expect(run(TOLERANT, 400, alike, { clustered: true }).cases).toBe(400);
    expect(run({ ...TOLERANT, regressions: 2 }, 400, bad, { clustered: true })).toEqual({
      cases: 5,
      verdict: "reject",
    });
  });

  test("hard violations beyond an absolute cap end a run, beyond a rate they do not", () => {
    const looks = (hardViolations: PolicyInput["hardViolations"]) => {
      const rules = policy({ ...TOLERANT, hardViolations });
      const gate = new InterimGate(rules, { requested: 400, clustered: false });
      return gate.decide(interim({ both: 20, neither: 4, requested: 400 }, 4))?.verdict;
    };
    expect(looks({ cases: 3 })).toBe("reject");
    expect(looks({ cases: 4 })).toBeUndefined();
    expect(looks({ rate: 0.01 })).toBeUndefined();
  });

  test("the last case is left to the final decision", () => {
    const last = (index: number): Pair => index === 399 ? "baselineOnly" : "both";
    expect(run(ALWAYS, 400, last).cases).toBe(400);
  });

  test("every sequential preset stops a bad candidate early", () => {
    for (const { policy: preset } of Object.values(PRESETS)) {
      if (preset.sequential === null) continue;
      expect(run(preset, 400, bad)).toMatchObject({ verdict: "reject" });
    }
  });
});

describe.each(["obrien-fleming", "pocock"] as const)("with %s looks", (method) => {
  const looking: PolicyInput = { ...TOLERANT, sequential: { method, looks: 5 } };

  test("runs end at looks only", () => {
    const { cases, verdict } = run(looking, 400, bad);
    expect(verdict).toBe("reject");
    expect([80, 160]).toContain(cases);
    expect([81, 161]).toContain(run(looking, 402, bad).cases);
  });

  test("equal arms are adopted at a look where a margin is allowed", () => {
    const { cases, verdict } = run({ ...looking, difference: { margin: 0.1 } }, 400, alike);
    expect(verdict).toBe("adopt");
    expect([80, 160, 240, 320]).toContain(cases);
  });

  test("a broken cap ends the run between two looks", () => {
    expect(run({ ...looking, regressions: 0 }, 400, (at) => at === 5 ? "baselineOnly" : "both"))
      .toEqual({ cases: 6, verdict: "reject" });
  });

  test("at margin 0 a difference that may be chance ends no run", () => {
    const anyLoss: PolicyInput = { ...looking, difference: { margin: 0 } };
    const few = (index: number): Pair => index === 5 ? "baselineOnly" : "both";
    expect(run(anyLoss, 400, few).cases).toBe(400);
    expect(run(anyLoss, 400, bad).verdict).toBe("reject");
  });

  test("fewer cases than looks do no harm", () => {
    expect(run({ ...looking, minimumCases: 1 }, 3, alike).cases).toBeLessThanOrEqual(3);
    expect(run(looking, 1, bad).cases).toBe(1);
  });
});

test("looks do not make a false adoption more likely than one look at the end", () => {
  // A candidate exactly at the margin of 5 points, which must be adopted in 2.5 % of the runs at most.
  let state = 12345;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const RUNS = 400;
  for (const sequential of [ALWAYS.sequential, { method: "pocock", looks: 5 } as const]) {
    let adopted = 0;
    for (let at = 0; at < RUNS; at++) {
      const pairs = Array.from({ length: 300 }, (): Pair => {
        const drawn = uniform();
        if (drawn < 0.1) return "baselineOnly";
        return drawn < 0.15 ? "candidateOnly" : "both";
      });
      const input = { ...TOLERANT, ...(sequential ? { sequential } : {}) };
      if (run(input, 300, (index) => pairs[index] ?? "both").verdict === "adopt") adopted++;
    }
    // 2.5 % and three standard errors.
    expect(adopted / RUNS).toBeLessThan(0.025 + 3 * Math.sqrt(0.025 * 0.975 / RUNS));
  }
});

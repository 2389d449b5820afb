import { expect, test } from "vitest";
import type { PolicyInput } from "../../src/gate/policy_schema.ts";
import { tableStatus, unplannedRules } from "../../src/gate/table_rule.ts";
import { decide } from "../../src/gate/verdict.ts";
import { evidence, policy } from "./evidence.ts";

const VERDICTS = { pass: "adopt", fail: "reject", undecided: "inconclusive" } as const;

test.each<[string, PolicyInput]>([
  ["the default", {}],
  ["noninferiority", { regressions: null, difference: { margin: 0.2 } }],
  ["margin 0 with regressions", { regressions: null }],
  ["a cap and a margin", { regressions: 1, difference: { margin: 0.3 }, confidence: 0.9 }],
  ["superiority", { regressions: null, difference: { kind: "superiority", margin: 0.05 } }],
  ["a pass rate", { regressions: null, passRate: 0.7, difference: { margin: 0.5 } }],
  ["always valid", {
    regressions: null,
    difference: { margin: 0.4 },
    sequential: { method: "always-valid" },
  }],
  ["looks", {
    regressions: null,
    difference: { margin: 0.3 },
    sequential: { method: "pocock", looks: 3 },
  }],
])("a plan's rule gives the gate's verdict on every small table: %s", (_name, input) => {
  // A plan takes it for granted that the baseline passes enough.
  const rules = policy({ ...input, baselinePassRate: 0 });
  const seen = new Set<string>();
  for (const both of [1, 8, 40]) {
    for (let baselineOnly = 0; baselineOnly <= 8; baselineOnly += 2) {
      for (let candidateOnly = 0; candidateOnly <= 12; candidateOnly += 3) {
        for (const neither of [0, 5]) {
          const table = { both, baselineOnly, candidateOnly, neither };
          const { verdict } = decide(evidence(table), rules);
          seen.add(verdict);
          expect(VERDICTS[tableStatus(table, rules)], JSON.stringify(table)).toBe(verdict);
        }
      }
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});

test("the rules that a table says nothing of are named", () => {
  expect(unplannedRules(policy())).toEqual([]);
  expect(unplannedRules(policy({
    hardViolations: { cases: 0 },
    metrics: { a: {} },
    cost: { fuel: 1, memory: 1 },
    relations: {},
    unstable: { cases: 0 },
    monitors: { rejectAt: "info" },
  }))).toEqual([
    "hard-violations",
    "metric",
    "fuel",
    "memory",
    "relations",
    "stability",
    "monitors",
  ]);
});

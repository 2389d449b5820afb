import { describe, expect, test } from "vitest";
import { InterimGate } from "../../src/gate/interim_gate.ts";
import type { Policy } from "../../src/gate/policy.ts";
import { parsePolicyText } from "../../src/gate/policy_text.ts";
import type { Decision, Verdict } from "../../src/gate/verdict.ts";
import { decide } from "../../src/gate/verdict.ts";
import { cautiousDesignEffect } from "../../src/stats/design_effect.ts";
import type { PairedTable } from "../../src/stats/paired_table.ts";
import { randomFrom } from "../stats/random.ts";
import { evidence, interim, policy } from "./evidence.ts";

/** What is true of all cases: shares of the cases that regress and that improve. */
interface Truth {
  lost: number;
  won: number;
}

const emptyTable = (): PairedTable => ({ both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 });

function drawPair({ lost, won }: Truth, random: () => number): keyof PairedTable {
  const at = random();
  if (at < lost) return "baselineOnly";
  return at < lost + won ? "candidateOnly" : "both";
}

/** One run as `runReport` makes it: case by case, ended by the interim gate or with the last case. */
function runOnce(rules: Policy, n: number, truth: Truth, random: () => number): Verdict {
  const gate = new InterimGate(rules, { requested: n, clustered: false });
  const table = emptyTable();
  const known = () => ({
    hardViolations: { baseline: 0, candidate: table.baselineOnly },
    unstable: { baseline: 0, candidate: 0 },
  });
  for (let done = 1; done <= n; done++) {
    table[drawPair(truth, random)]++;
    if (rules.sequential === null) continue;
    const early = gate.decide(interim({ ...table, requested: n }, table.baselineOnly));
    if (early === undefined) continue;
    return agreed(
      early,
      decide(
        evidence({ ...table, requested: n }, { ...known(), stopped: { after: done } }),
        rules,
      ),
    );
  }
  return decide(evidence({ ...table }, known()), rules).verdict;
}

/** The verdict of a run that was stopped is the one for which it was. */
function agreed(early: Decision, final: Decision): Verdict {
  expect(final.verdict).toBe(early.verdict);
  return final.verdict;
}

/** Share of runs that end with each verdict. */
function shares(runs: number, one: () => Verdict): Record<Verdict, number> {
  const found = { adopt: 0, reject: 0, inconclusive: 0, error: 0 };
  for (let run = 0; run < runs; run++) found[one()] += 1 / runs;
  return found;
}

/** Three and a half standard errors above a share. */
const atMost = (share: number, runs: number) => share + 3.5 * Math.sqrt(share * (1 - share) / runs);

const withMargin = (method?: "always-valid" | "obrien-fleming" | "pocock") =>
  policy({
    regressions: null,
    difference: { kind: "noninferiority", margin: 0.05 },
    sequential: method === undefined || method === "always-valid"
      ? (method === undefined ? null : { method })
      : { method, looks: 5 },
  });

describe("a candidate that is worse by just the margin", () => {
  test.each<[string, Policy, number, number]>([
    // One side of a two-sided interval: 2.5 % at 95 %, 5 % at 90 %, with what Tango's may err more.
    ["noninferiority", parsePolicyText("test", "noninferiority:margin=0.05"), 0.05, 0.03],
    ["moderate", parsePolicyText("test", "moderate"), 0.02, 0.03],
    ["lenient", parsePolicyText("test", "lenient"), 0.05, 0.055],
    ["llm", parsePolicyText("test", "llm"), 0.05, 0.025],
    ["always valid", withMargin("always-valid"), 0.05, 0.025],
    ["O'Brien–Fleming", withMargin("obrien-fleming"), 0.05, 0.03],
    ["Pocock", withMargin("pocock"), 0.05, 0.03],
  ])("is rarely adopted: %s", (_, rules, margin, promised) => {
    const random = randomFrom(11);
    const runs = rules.sequential?.method === "always-valid" ? 250 : 800;
    for (const won of [0, 0.03]) {
      const truth = { lost: margin + won, won };
      const { adopt } = shares(runs, () => runOnce(rules, 300, truth, random));
      expect(adopt).toBeLessThan(atMost(promised, runs));
    }
  });

  test("is never adopted by a policy that takes no regression, and rejected once one is seen", () => {
    const random = randomFrom(12);
    for (const name of ["default", "strict"]) {
      const found = shares(
        300,
        () => runOnce(parsePolicyText("test", name), 300, { lost: 0.05, won: 0.05 }, random),
      );
      expect(found).toMatchObject({ adopt: 0, reject: expect.closeTo(1, 9) });
    }
  });
});

describe("a candidate that is equal", () => {
  test.each<[string, Policy]>([
    ["noninferiority", parsePolicyText("test", "noninferiority:margin=0.05")],
    ["always valid", withMargin("always-valid")],
    ["Pocock", withMargin("pocock")],
  ])("is hardly ever rejected, and adopted mostly: %s", (_, rules) => {
    const random = randomFrom(13);
    const found = shares(200, () => runOnce(rules, 400, { lost: 0.005, won: 0.005 }, random));
    expect(found.reject).toBeLessThan(0.02);
    expect(found.adopt).toBeGreaterThan(0.9);
  });

  test("is rarely taken for better", () => {
    const random = randomFrom(14);
    const superiority = parsePolicyText("test", "superiority");
    for (const share of [0.005, 0.02, 0.15]) {
      const truth = { lost: share, won: share };
      const { adopt } = shares(1500, () => runOnce(superiority, 300, truth, random));
      expect(adopt).toBeLessThan(atMost(0.033, 1500));
    }
  });
});

describe("of dependent cases", () => {
  /** Clusters that break as a whole, and pairs that disagree by themselves. */
  function runClustered(
    rules: Policy,
    { clusters, size, broken, stray }: Record<"clusters" | "size" | "broken" | "stray", number>,
    random: () => number,
  ): Verdict {
    const table = emptyTable();
    const differences: number[] = [];
    for (let cluster = 0; cluster < clusters; cluster++) {
      const isBroken = random() < broken;
      const before = table.candidateOnly - table.baselineOnly;
      for (let at = 0; at < size; at++) {
        const pair = drawPair({ lost: stray, won: stray }, random);
        table[isBroken && pair === "both" ? "baselineOnly" : pair]++;
      }
      differences.push(table.candidateOnly - table.baselineOnly - before);
    }
    const sizes = differences.map(() => size);
    const designEffect = cautiousDesignEffect(table, { differences, sizes });
    const known = { clusters: { count: clusters, designEffect, size } };
    return decide(evidence({ ...table }, known), rules).verdict;
  }

  test.each([
    { clusters: 10, size: 20, broken: 0.05, stray: 0.003 },
    { clusters: 20, size: 20, broken: 0.05, stray: 0.003 },
    { clusters: 40, size: 10, broken: 0.05, stray: 0.003 },
    { clusters: 80, size: 5, broken: 0.05, stray: 0 },
  ])("a candidate that breaks whole clusters is rarely adopted: %o", (truth) => {
    const random = randomFrom(15);
    const { adopt } = shares(1000, () => runClustered(withMargin(), truth, random));
    expect(adopt).toBeLessThan(atMost(0.027, 1000));
  });
});

import { describe, expect, test } from "vitest";
import { tangoInterval } from "../../../src/stats/tango.ts";
import { alwaysValidInterval } from "../../../src/stats/sequential/always_valid_interval.ts";
import type { PolicyInput } from "../../../src/gate/policy_schema.ts";
import { answer, type Cells, evidence } from "../evidence.ts";

const within = (margin: number): PolicyInput => ({ regressions: null, difference: { margin } });
const better = (margin: number): PolicyInput => ({
  regressions: null,
  difference: { kind: "superiority", margin },
});

const noninferior = (cells: Cells, margin: number, rest = {}) =>
  answer("non-inferiority", evidence(cells), { ...within(margin), ...rest });
const superior = (cells: Cells, margin: number) =>
  answer("superiority", evidence(cells), better(margin));

describe("superiority", () => {
  test("wants the interval above the margin", () => {
    expect(superior({ both: 380, candidateOnly: 20 }, 0).status).toBe("pass");
    expect(superior({ both: 380, candidateOnly: 20 }, 0.02).status).toBe("pass");
    expect(superior({ both: 380, candidateOnly: 20 }, 0.05).status).toBe("undecided");
    expect(superior({ both: 380, candidateOnly: 20 }, 0.1).status).toBe("fail");
  });

  test("is never shown by arms that are alike, however many cases there are", () => {
    for (const both of [10, 1_000_000]) {
      expect(superior({ both }, 0)).toMatchObject({
        status: "undecided",
        figures: { moreCases: null },
      });
    }
    expect(superior({ both: 400 }, 0.02).status).toBe("fail");
  });
});

describe("noninferiority", () => {
  test("has an interval of the policy's confidence", () => {
    const cells = { both: 390, baselineOnly: 4, candidateOnly: 2, neither: 4 };
    const { low, high } = tangoInterval(cells, 2.5758293035489004);
    const { figures, reason } = noninferior(cells, 0.02, { confidence: 0.99 });
    expect(figures["low"]).toBeCloseTo(low, 12);
    expect(figures["high"]).toBeCloseTo(high, 12);
    expect(reason).toContain("(99 % interval [");
  });

  test("says how many more cases would decide, and they do", () => {
    const cells = { both: 995, baselineOnly: 5 };
    const found = noninferior(cells, 0.01);
    expect(found.status).toBe("undecided");
    const factor = (1000 + (found.figures["moreCases"] ?? 0)) / 1000;
    const later = (total: number, baselineOnly: number) =>
      noninferior({ both: total - baselineOnly, baselineOnly }, 0.01).status;
    expect(later(Math.ceil(1000 * factor), Math.floor(5 * factor))).toBe("pass");
    expect(later(Math.floor(950 * factor), Math.ceil(4.75 * factor))).toBe("undecided");
  });

  test("says that none would, where the estimate lies on the margin", () => {
    expect(noninferior({ both: 990, baselineOnly: 10 }, 0.01).figures["moreCases"]).toBe(null);
  });

  test("at margin 0 with as many regressions as improvements is never decided", () => {
    const even = noninferior({ both: 90, baselineOnly: 5, candidateOnly: 5 }, 0);
    expect(even).toMatchObject({ status: "undecided", figures: { moreCases: null } });
  });

  test("counts dependent cases by their design effect", () => {
    const table = { both: 400 };
    const judge = (designEffect: number) => {
      const found = evidence(table, { clusters: { count: 40, designEffect, size: 10 } });
      return answer("non-inferiority", found, within(0.02)).status;
    };
    expect([judge(1), judge(2), judge(10)]).toEqual(["pass", "pass", "undecided"]);
  });

  test("at margin 0 adopts equal arms with dependent cases too", () => {
    const clusters = { count: 4, designEffect: 100, size: 100 };
    expect(answer("non-inferiority", evidence({ both: 400 }, { clusters })).status).toBe("pass");
  });
});

describe("a sequential policy", () => {
  const cells = { both: 380, baselineOnly: 3, candidateOnly: 9, neither: 8 };

  test("has the always-valid interval at the end", () => {
    const rest = { sequential: { method: "always-valid" } as const };
    const { figures, reason } = noninferior(cells, 0.05, rest);
    expect(figures).toMatchObject(alwaysValidInterval(cells, 0.95));
    expect(reason).toContain("95 % always-valid interval");
  });

  test("has the last look's repeated interval at the end, wider than the plain one", () => {
    const plain = tangoInterval(cells);
    for (const method of ["obrien-fleming", "pocock"] as const) {
      const { figures, reason } = noninferior(cells, 0.05, { sequential: { method, looks: 5 } });
      expect(figures["low"]).toBeLessThan(plain.low);
      expect(reason).toContain("95 % repeated interval");
    }
  });

  test("knows of no interval between two looks", () => {
    const sequential = { method: "pocock", looks: 4 } as const;
    const at = (after: number) =>
      answer(
        "non-inferiority",
        evidence({ both: after, requested: 400 }, { stopped: { after } }),
        { ...within(0.1), sequential },
      );
    expect(at(100)).toMatchObject({ status: "pass" });
    expect(at(101)).toMatchObject({ status: "undecided", figures: { low: null, high: null } });
  });
});

test("without cases nothing passes", () => {
  for (const margin of [0, 0.5]) {
    expect(noninferior({}, margin).status).toBe("undecided");
    expect(superior({}, margin).status).toBe("undecided");
  }
});

import { expect, test } from "vitest";
import type { RelationEvidence } from "../../../src/gate/evidence.ts";
import type { MultiplicityMethod } from "../../../src/gate/policy.ts";
import { answer, answers, evidence } from "../evidence.ts";

function relation(name: string, baselineOnly: number, candidateOnly = 0, both = 100) {
  const table = { both, baselineOnly, candidateOnly, neither: 0 };
  return { name, weight: 1, table, missing: 0, designEffect: 1 };
}

const judge = (relations: RelationEvidence[], method: MultiplicityMethod = "holm") =>
  answer("relations", evidence({ both: 100 }, { relations }), {
    relations: { method, alpha: 0.05 },
  });

test("one that is significantly worse rejects, by the exact one-sided test", () => {
  // 1/2^4 = 0.0625 and 1/2^5 = 0.03125.
  expect(judge([relation("a", 4)]).status).toBe("pass");
  expect(judge([relation("a", 5)])).toMatchObject({
    status: "fail",
    reason: 'The candidate breaks 1 relation significantly more often than the baseline: "a" ' +
      "(5 cases against 0, adjusted p 0.03125).",
  });
});

test("are corrected for their number", () => {
  const three = [relation("a", 5), relation("b", 0), relation("c", 1)];
  expect(judge(three, "holm").status).toBe("pass");
  expect(judge(three, "none").status).toBe("fail");
  const alike = [relation("a", 5), relation("b", 5)];
  expect(judge(alike, "holm").status).toBe("pass");
  expect(judge(alike, "hochberg").status).toBe("fail");
  expect(judge(alike, "bh").status).toBe("fail");
});

test("where the candidate is better never reject", () => {
  expect(judge([relation("a", 0, 90)]).status).toBe("pass");
});

test("that were never checked leave the rule undecided, and never hide a worse one", () => {
  const never = relation("rare", 0, 0, 0);
  expect(judge([never, relation("a", 0)])).toMatchObject({
    status: "undecided",
    figures: { moreCases: null },
  });
  expect(judge([never, relation("a", 20)]).status).toBe("fail");
});

test("of dependent cases count by their own design effect", () => {
  const run = (designEffect: number) => judge([{ ...relation("a", 8), designEffect }]);
  expect(run(1).status).toBe("fail");
  expect(run(2).status).toBe("pass");
});

test("that failures of the candidate kept from being checked are not taken for unbroken", () => {
  const hidden = (missing: number) => ({ ...relation("a", 0), missing });
  expect(judge([hidden(4)]).status).toBe("pass");
  const undecided = judge([relation("b", 0), hidden(40)]);
  expect(undecided).toMatchObject({
    status: "undecided",
    figures: { missing: 40, moreCases: null },
  });
  expect(undecided.reason).toContain('"a" from being checked in 40 cases');
  // Together with what was seen: 3 cases broken and 3 hidden are as good as 6.
  expect(judge([{ ...relation("a", 3), missing: 3 }]).status).toBe("undecided");
  expect(judge([{ ...relation("a", 6), missing: 3 }]).status).toBe("fail");
});

test("are not judged by default, nor where the task has none", () => {
  expect(answers("relations", evidence({ both: 10 }, { relations: [relation("a", 9)] }))).toEqual(
    [],
  );
  expect(answers("relations", evidence({ both: 10 }), { relations: {} })).toEqual([]);
});

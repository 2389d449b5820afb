import { expect, test } from "vitest";
import type { RelationEvidence } from "../../../src/gate/evidence.ts";
import type { MultiplicityMethod } from "../../../src/gate/policy.ts";
import { answer, answers, evidence } from "../evidence.ts";

function relation(name: string, baselineOnly: number, candidateOnly = 0, both = 100) {
  return { name, weight: 1, table: { both, baselineOnly, candidateOnly, neither: 0 } };
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

test("of dependent cases count by their design effect", () => {
  const run = (designEffect: number) =>
    evidence({ both: 100 }, {
      relations: [relation("a", 8)],
      clusters: { count: 10, designEffect },
    });
  const policy = { relations: { method: "holm", alpha: 0.05 } } as const;
  expect(answer("relations", run(1), policy).status).toBe("fail");
  expect(answer("relations", run(2), policy).status).toBe("pass");
});

test("are not judged by default, nor where the task has none", () => {
  expect(answers("relations", evidence({ both: 10 }, { relations: [relation("a", 9)] }))).toEqual(
    [],
  );
  expect(answers("relations", evidence({ both: 10 }), { relations: {} })).toEqual([]);
});

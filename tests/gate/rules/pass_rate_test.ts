import { expect, test } from "vitest";
import { answer, answers, type Cells, evidence } from "../evidence.ts";

const judge = (cells: Cells, passRate: number) =>
  answer("pass-rate", evidence(cells), { passRate });

test("is decided by the Wilson interval", () => {
  expect(judge({ both: 400 }, 0.99).status).toBe("pass");
  expect(judge({ both: 390, neither: 10 }, 0.99).status).toBe("fail");
  expect(judge({ both: 396, neither: 4 }, 0.99).status).toBe("undecided");
});

test("counts all that the candidate passes", () => {
  const { figures } = judge({ both: 50, candidateOnly: 30, baselineOnly: 20 }, 0.5);
  expect(figures["rate"]).toBe(0.8);
});

test("of 1 is a statement on the cases seen", () => {
  expect(judge({ both: 12 }, 1).status).toBe("pass");
  expect(judge({ both: 1200, neither: 1 }, 1).status).toBe("fail");
});

test("says how many more cases would decide, if any would", () => {
  expect(judge({ both: 100 }, 0.99).figures["moreCases"]).toBe(281);
  expect(judge({ both: 380 }, 0.99).status).toBe("undecided");
  expect(judge({ both: 381 }, 0.99).status).toBe("pass");
  expect(judge({ both: 396, neither: 4 }, 0.99).figures["moreCases"]).toBe(null);
});

test("without cases never passes, and is not asked for by default", () => {
  expect(judge({}, 0).status).toBe("undecided");
  expect(answers("pass-rate", evidence({ both: 10 }))).toEqual([]);
});

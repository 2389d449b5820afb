import { expect, test } from "vitest";
import type { Estimate } from "../../../src/gate/evidence.ts";
import { answer, answers, estimate, evidence, UNKNOWN } from "../evidence.ts";

const judge = (fuel: Estimate, most = 1) =>
  answer("fuel", evidence({ both: 100 }, { cost: { fuel, memory: UNKNOWN } }), {
    cost: { fuel: most },
  });

test("is decided by the ratio's interval", () => {
  expect(judge(estimate(0.7, 0.8, 0.9)).status).toBe("pass");
  expect(judge(estimate(1, 1, 1)).status).toBe("pass");
  expect(judge(estimate(1.1, 1.2, 1.3)).status).toBe("fail");
  expect(judge(estimate(0.7, 0.9, 1.1))).toMatchObject({
    status: "undecided",
    figures: { moreCases: 300 },
  });
  expect(judge(estimate(0.9, 1, 1.1)).figures["moreCases"]).toBe(null);
});

test("never passes where it is unknown", () => {
  expect(judge(UNKNOWN).status).toBe("undecided");
  expect(judge({ ...estimate(0.1, 0.1, 0.1), high: null }).status).toBe("undecided");
  const none = evidence({}, { cost: { fuel: estimate(0, 0, 0), memory: UNKNOWN } });
  expect(answer("fuel", none, { cost: { fuel: 1 } }).status).toBe("undecided");
});

test("of memory is a rule of its own, and neither is there by default", () => {
  const cost = { fuel: estimate(1, 1, 1), memory: estimate(2, 2, 2) };
  const run = evidence({ both: 100 }, { cost });
  expect(answer("memory", run, { cost: { memory: 1.5 } }).status).toBe("fail");
  expect(answers("fuel", run, { cost: { memory: 1.5 } })).toEqual([]);
  expect([...answers("fuel", run), ...answers("memory", run)]).toEqual([]);
});

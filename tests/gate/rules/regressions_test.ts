import { expect, test } from "vitest";
import { answer, answers, evidence } from "../evidence.ts";

const status = (baselineOnly: number, regressions: number) =>
  answer("regressions", evidence({ both: 100, baselineOnly }), { regressions }).status;

test("up to the cap are accepted, one more is not", () => {
  expect([status(0, 0), status(1, 0)]).toEqual(["pass", "fail"]);
  expect([status(3, 3), status(4, 3)]).toEqual(["pass", "fail"]);
});

test("are not looked at where the policy does not limit them", () => {
  expect(answers("regressions", evidence({ baselineOnly: 9 }), { regressions: null })).toEqual([]);
});

test("are named with the first one", () => {
  const found = evidence({ both: 20, baselineOnly: 3 }, { firstRegression: 7 });
  expect(answer("regressions", found, { regressions: 2 }).reason).toBe(
    "3 cases that the baseline passes are failed by the candidate (the first is case 7); the " +
      "policy accepts up to 2.",
  );
  expect(answer("regressions", found, { regressions: 3 }).reason).toBe(
    "3 cases that the baseline passes are failed by the candidate; the policy accepts up to 3.",
  );
});

test("of a run that was stopped can only fail", () => {
  const stopped = { stopped: { after: 50 } };
  const few = evidence({ both: 50, requested: 400 }, stopped);
  expect(answer("regressions", few)).toMatchObject({
    status: "undecided",
    figures: { moreCases: 350 },
  });
  const one = evidence({ both: 49, baselineOnly: 1, requested: 400 }, stopped);
  expect(answer("regressions", one).status).toBe("fail");
});

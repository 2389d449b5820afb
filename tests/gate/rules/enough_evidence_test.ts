import { expect, test } from "vitest";
import { answer, evidence } from "../evidence.ts";

const lack = (found: Parameters<typeof answer>[1]) => {
  const { status, figures } = answer("enough-evidence", found);
  return [status, figures["moreCases"]];
};

test("says how many cases are missing, where more would help", () => {
  expect(lack(evidence({ both: 4 }))).toEqual(["undecided", 6]);
  expect(lack(evidence({ both: 300, requested: 400 }))).toEqual(["undecided", 100]);
  expect(lack(evidence({ neither: 30 }))).toEqual(["undecided", null]);
  expect(lack(evidence({ both: 30, invalid: 1 }))).toEqual(["undecided", null]);
  expect(lack(evidence({}))).toEqual(["undecided", null]);
});

test("asks a run that was stopped for the cases it ran, no more", () => {
  const stopped = { stopped: { after: 50 } };
  expect(lack(evidence({ both: 50, requested: 400 }, stopped))).toEqual(["pass", undefined]);
  expect(lack(evidence({ both: 49, requested: 400 }, stopped))).toEqual(["undecided", 1]);
});

test("fewer than ten clusters carry no verdict, unless the policy asks for fewer cases", () => {
  const run = (count: number) =>
    evidence({ both: 400 }, { clusters: { count, designEffect: 1, size: 400 / count } });
  expect(answer("enough-evidence", run(10)).status).toBe("pass");
  expect(answer("enough-evidence", run(4))).toMatchObject({
    status: "undecided",
    reason: "4 clusters of cases cannot carry a verdict; at least 10 are needed; about 600 more " +
      "cases would decide, if the figures stay as they are.",
    figures: { moreCases: 600 },
  });
  expect(answer("enough-evidence", run(4), { minimumCases: 4 }).status).toBe("pass");
});

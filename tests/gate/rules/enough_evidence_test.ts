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

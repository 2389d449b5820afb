import { expect, test } from "vitest";
import type { Alert } from "../../../src/gate/evidence.ts";
import type { Severity } from "../../../src/gate/policy.ts";
import { answer, answers, evidence } from "../evidence.ts";

const alert = (severity: Severity): Alert => ({
  monitor: "drift",
  severity,
  message: "It drifts.",
});
const judge = (alerts: Alert[] | null, rejectAt: Severity) =>
  answer("monitors", evidence({ both: 10 }, { alerts }), { monitors: { rejectAt } });

test("reject from the severity that the policy names", () => {
  expect(judge([alert("info"), alert("warning")], "critical").status).toBe("pass");
  expect(judge([alert("info"), alert("warning")], "warning")).toMatchObject({
    status: "fail",
    reason: "Monitors raised 1 alert of severity warning or above; the first, by drift: It drifts.",
    figures: { alerts: 2, grave: 1 },
  });
  expect(judge([alert("critical")], "info").status).toBe("fail");
});

test("that did not watch leave the rule undecided", () => {
  expect(judge([], "info").status).toBe("pass");
  expect(judge(null, "info").status).toBe("undecided");
});

test("are reported only by default", () => {
  expect(answers("monitors", evidence({ both: 10 }, { alerts: [alert("critical")] }))).toEqual([]);
});

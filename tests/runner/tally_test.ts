import { describe, expect, test } from "vitest";
import { sumTallies, tallyReport } from "./tally.ts";

function report(success: boolean, ...files: { status: string; tests: string[] }[]): string {
  return JSON.stringify({
    success,
    testResults: files.map(({ status, tests }) => ({
      name: "a_test.ts",
      status,
      assertionResults: tests.map((status) => ({ status })),
    })),
  });
}

describe("a test run's count", () => {
  test("adds passed, failed and skipped tests over the files", () => {
    const json = report(
      false,
      { status: "passed", tests: ["passed", "passed", "skipped", "todo"] },
      { status: "failed", tests: ["failed", "passed"] },
    );
    expect(tallyReport(json, 2)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  test("counts a file that could not be loaded as one failure", () => {
    const json = report(false, { status: "failed", tests: [] });
    expect(tallyReport(json, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("counts a file that was asked for and did not run as one failure", () => {
    const json = report(true, { status: "passed", tests: ["passed"] });
    expect(tallyReport(json, 3)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  test("counts an unsuccessful run as a failure though each test passed", () => {
    const json = report(false, { status: "passed", tests: ["passed"] });
    expect(tallyReport(json, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test("counts a status that nobody knows as a failure", () => {
    const json = report(true, { status: "passed", tests: ["exploded"] });
    expect(tallyReport(json, 1).failed).toBe(1);
  });

  test("refuses a report that is cut short", () => {
    expect(() => tallyReport(report(true).slice(0, -2), 0)).toThrow();
    expect(() => tallyReport("{}", 0)).toThrow();
  });

  test("sums over runtimes", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sumTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});

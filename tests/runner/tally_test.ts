import { describe, expect, test } from "vitest";
import { sumTallies, tallyReport } from "./tally.ts";

const NONE = { files: 0, succeeded: true };

function report(...files: { status: string; tests: string[] }[]): string {
  return JSON.stringify({
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
      { status: "passed", tests: ["passed", "passed", "skipped", "todo"] },
      { status: "failed", tests: ["failed", "passed"] },
    );
    expect(tallyReport(json, { files: 2, succeeded: false })).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    });
  });

  test("counts a file that could not be loaded as one failure", () => {
    const json = report({ status: "failed", tests: [] });
    expect(tallyReport(json, { files: 1, succeeded: false })).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });

  test("counts a file that was asked for and did not run as one failure", () => {
    const json = report({ status: "passed", tests: ["passed"] });
    expect(tallyReport(json, { files: 3, succeeded: true })).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    });
  });

  test("counts an unsuccessful run as a failure though each test passed", () => {
    const json = report({ status: "passed", tests: ["passed"] });
    expect(tallyReport(json, { files: 1, succeeded: false })).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test("counts a status that nobody knows as a failure", () => {
    const json = report({ status: "passed", tests: ["exploded"] });
    expect(tallyReport(json, { files: 1, succeeded: true }).failed).toBe(1);
  });

  test("refuses a report that is cut short", () => {
    expect(() => tallyReport(report().slice(0, -2), NONE)).toThrow();
    expect(() => tallyReport("{}", NONE)).toThrow();
  });

  test("sums over runtimes", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sumTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});

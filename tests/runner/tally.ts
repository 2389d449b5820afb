import * as z from "zod";

/** What one run of vitest came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The slice of vitest's JSON report (Jest's format) that is counted. */
const reportSchema = z.object({
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    assertionResults: z.array(z.object({ status: z.string() })),
  })),
});

/**
 * Counts a vitest JSON report.
 *
 * A file that failed without a failed test (it could not be loaded, or holds none) counts as one
 * failure. So does a file that was asked for and is not in the report, and a run whose process
 * failed though no test did: an unhandled rejection or a lost worker shows in the exit code only.
 *
 * @param json The report's text.
 * @param run How many files were asked for, and whether vitest's process ended with code 0.
 * @throws If the text is not such a report.
 */
export function tallyReport(json: string, run: { files: number; succeeded: boolean }): Tally {
  const report = reportSchema.parse(JSON.parse(json));
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    const failedBefore = tally.failed;
    for (const { status } of file.assertionResults) tally[counter(status)]++;
    if (file.status === "failed" && tally.failed === failedBefore) tally.failed++;
  }
  tally.failed += Math.max(0, run.files - report.testResults.length);
  if (!run.succeeded && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** Adds tallies up. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped;
  }
  return sum;
}

/** A status that is not known counts as a failure: it must not vanish. */
function counter(status: string): keyof Tally {
  if (status === "passed") return "passed";
  if (["skipped", "pending", "todo", "disabled"].includes(status)) return "skipped";
  return "failed";
}

import { CupelError } from "../errors.ts";
import type { CaseResult } from "../evaluate/case_result.ts";
import type { ClusterJob } from "./messages.ts";

/** How the message of a case begins whose batch was given up. */
const GIVEN_UP = "no node came to an end with its batch, which was delivered ";

/** How often, in words. */
export function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/**
 * What a job comes to that no node survives: cases that could not be judged, so that the run still ends.
 *
 * @throws {CupelError} For jobs that are no cases.
 */
export function giveUpOn(job: ClusterJob, deliveries: number): CaseResult[] {
  const message = `${GIVEN_UP}${times(deliveries)}`;
  if (job.kind !== "cases") {
    throw new CupelError("bad-input", `Cannot finish the run: ${message} (see cupel dlq list)`);
  }
  const { start, end } = job.batch;
  return Array.from({ length: end - start }, (_, at) => ({
    index: start + at,
    valid: false as const,
    error: { kind: "crash" as const, message },
  }));
}

/** How many of a batch's cases were not judged as it was given up: all of them, or none. */
export function countGivenUp(results: readonly CaseResult[]): number {
  return results.filter((one) => !one.valid && one.error.message.startsWith(GIVEN_UP)).length;
}

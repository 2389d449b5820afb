import { digest } from "../evaluate/digest.ts";
import type { ClusterJob } from "./messages.ts";

/** Digits of an id: 128 bits of a SHA-256. */
export const DIGITS = 32;

/** The id of a job in a run: the same for the same job, so that its results are found again. */
export function jobId(run: string, job: ClusterJob): string {
  return digest(`${run} ${JSON.stringify(job)}`).slice(0, DIGITS);
}

/** The id under which the server knows a message, so that it takes it once. */
export function messageId(id: string, epoch: number): string {
  return digest(`${id} ${epoch}`).slice(0, DIGITS);
}

import { execFileSync } from "node:child_process";
import process from "node:process";
import { microsecondsPerCall } from "../frame/timing.ts";
import { CASE_SCRIPT, checkAnswer } from "./case.ts";

const PRINTING_SCRIPT = `console.log(eval(${JSON.stringify(CASE_SCRIPT)}))`;

/**
 * A new process for each case.
 *
 * @param flags What makes the runtime that runs this run a script from its arguments.
 */
export function subprocess(flags: string[]): number {
  const call = () =>
    execFileSync(process.execPath, [...flags, PRINTING_SCRIPT], { encoding: "utf8" }).trim();
  checkAnswer(call());
  return microsecondsPerCall(call, { warmUp: 2, batches: 5, calls: 4 });
}

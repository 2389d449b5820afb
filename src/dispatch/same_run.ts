import type { RunSpec } from "../evaluate/run_spec.ts";

/** Whether what is loaded for one run serves the other as well: the number of cases may differ. */
export function isSameRun(loaded: RunSpec | undefined, run: RunSpec): boolean {
  return loaded?.task === run.task && loaded.baseline === run.baseline &&
    loaded.candidate === run.candidate && loaded.limits === run.limits &&
    loaded.seed === run.seed && loaded.repetitions === run.repetitions;
}

import type { EvaluateFilesOptions } from "../evaluate_files.ts";
import type { Context } from "./context.ts";

/** What a run on a cluster tells people. */
type ClusterHooks = Pick<
  EvaluateFilesOptions,
  "onConnected" | "onResumed" | "onWaiting" | "onNotice"
>;

/**
 * Writes what happens on a cluster to standard error, a line each.
 *
 * @param runName Name of the run where people do not know it, as they did not choose it.
 */
export function clusterLines(
  { stderr }: Pick<Context, "stderr">,
  runName: string | undefined,
): ClusterHooks {
  return {
    onConnected: () => {
      if (runName === undefined) return;
      stderr.write(
        `run ${runName}: the same command with --run ${runName} goes on if this one is killed\n`,
      );
    },
    onResumed: (batches) => stderr.write(`the run goes on: ${batches} of its batches are done\n`),
    onWaiting: (reason) => stderr.write(`waiting for ${reason}\n`),
    onNotice: (line) => stderr.write(`${line}\n`),
  };
}

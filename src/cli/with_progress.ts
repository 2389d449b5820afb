import type { Context } from "./context.ts";
import { Progress } from "./progress.ts";

/** What a long job is told: when to stop, and where to say how far it is. */
export interface ProgressHooks {
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/**
 * Does a long job: a line on the terminal shows how far it is, and so does what an interrupt prints.
 *
 * @param unit What is counted, in words for one and for several.
 */
export async function withProgress<Result>(
  { interruption, stderr }: Context,
  unit: { none: string; some: string },
  job: (hooks: ProgressHooks) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress(stderr);
  interruption.note = unit.none;
  try {
    return await job({
      signal: interruption.signal,
      onProgress: (done, total) => {
        interruption.note = `${done} of ${total} ${unit.some}`;
        progress.update(done, total);
      },
    });
  } finally {
    progress.clear();
  }
}

/** For jobs that count cases. */
export const CASES: { none: string; some: string } = {
  none: "no case was done",
  some: "cases were done",
};

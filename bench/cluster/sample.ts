import { LocalDispatcher } from "../../src/dispatch/local.ts";
import type { Batch } from "../../src/evaluate/batch.ts";
import type { CaseResult } from "../../src/evaluate/case_result.ts";
import type { RunSpec } from "../../src/evaluate/run_spec.ts";
import { makeRun } from "../../tests/evaluate/runs.ts";

/** Cases of which others are copies. */
const EXECUTED = 256;

/** Most cases of a run of which nothing is executed. */
const CASES = 1_000_000_000;

/** A run whose results are known without execution: copies of some cases of examples/top-k. */
export interface Sample {
  spec: RunSpec;
  /** What a node would give for a batch. */
  resultsOf(batch: Batch): CaseResult[];
}

/** Executes what others are copies of. */
export async function makeSample(): Promise<Sample> {
  const spec = await makeRun({ n: CASES, candidate: "examples/top-k/heap.ts" });
  const local = new LocalDispatcher(1);
  try {
    const executed = await local.execute(spec, { start: 0, end: EXECUTED });
    const resultsOf = ({ start, end }: Batch) =>
      Array.from({ length: end - start }, (_, at) => {
        const result = executed[(start + at) % EXECUTED];
        if (result === undefined) throw new RangeError("no result to copy");
        return { ...result, index: start + at };
      });
    return { spec, resultsOf };
  } finally {
    await local.close();
  }
}

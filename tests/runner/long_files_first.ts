import { createHash } from "node:crypto";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute and more: the last of them must not be what a worker begins with at the end. */
const LONG = [
  "tests/examples/known_truth_test.ts",
  "tests/sandbox/quickjs/built_ins_test.ts",
  "tests/cluster/chaos_test.ts",
  "tests/docs/documents_test.ts",
  "tests/cli/interrupt_test.ts",
  "tests/cluster/failures_test.ts",
];

/** Begins with the files that take longest; the others come in an order that the run's seed decides. */
export class LongFilesFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(file));
      const mixed = createHash("sha256").update(`${seed} ${moduleId}`).digest("hex");
      return `${at < 0 ? LONG.length : at} ${mixed}`;
    };
    const places = new Map(files.map((file) => [file, place(file)]));
    const order = (file: TestSpecification) => places.get(file) ?? "";
    return Promise.resolve(
      files.toSorted((one, other) => order(one) < order(other) ? -1 : 1),
    );
  }
}

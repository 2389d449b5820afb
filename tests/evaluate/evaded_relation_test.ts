import { expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { collect, judgedOnly, makeFixtureRun } from "./runs.ts";

test("a candidate cannot choose not to be judged by a relation that feeds its output back", async () => {
  const evading = await makeFixtureRun("feeds_back", { baseline: "sort", candidate: "evades" }, {
    n: 20,
  });
  const results = judgedOnly(await collect(evading, new InlineDispatcher()));
  const evaded = results.filter(({ arms }) =>
    arms.candidate.outputDigest !== arms.baseline.outputDigest
  );
  expect(evaded.length).toBeGreaterThan(5);
  for (const { arms } of evaded) {
    expect(arms.baseline.passed).toBe(true);
    expect(arms.candidate.checked).toContain("twice");
    expect(arms.candidate.violations).toContainEqual({
      kind: "relation",
      name: "twice",
      message: "does not apply to this output, though it does to the baseline's",
    });
  }
});

import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { LocalDispatcher } from "../../src/dispatch/local.ts";
import { collect, judgedOnly, makeRun, withoutTimes } from "../evaluate/runs.ts";
import { dispatcherLaws } from "./dispatcher_laws.ts";

/** A deadline for what never ends: long enough for a task to load, where the machine has little time for it. */
const LATE_MS = 3000;

dispatcherLaws("the local", () => new LocalDispatcher(2));

describe("the local dispatcher", () => {
  test("gives the same results with any number of workers, and with none", async () => {
    const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 60 });
    const [inline, ...local] = await Promise.all([
      collect(run, new InlineDispatcher()),
      ...[1, 2, 3].map((workers) => collect(run, new LocalDispatcher(workers))),
    ]);
    const expected = JSON.stringify(withoutTimes(inline));
    for (const results of local) expect(JSON.stringify(withoutTimes(results))).toBe(expected);
  });

  test.each([[60, 10_000], [1, 10_000], [60, 5000]])(
    "gives the same results where threads for %i cases and %i ms were started ahead",
    async (n, deadlineMs) => {
      const run = await makeRun({ n: 60, limits: { deadlineMs: 10_000 } });
      const warm = new LocalDispatcher(2);
      warm.warmUp({ n, limits: { ...run.limits, deadlineMs } });
      const results = await collect(run, warm);
      const expected = await collect(run, new LocalDispatcher(2));
      expect(withoutTimes(results)).toEqual(withoutTimes(expected));
    },
  );

  test("ends threads that were started ahead and never needed", async () => {
    const { limits } = await makeRun({});
    const warm = new LocalDispatcher(2);
    warm.warmUp({ n: 10, limits });
    await warm.close();
  });

  test("ends a call that runs past its deadline, and loses no case", async () => {
    const run = await makeRun({
      candidate: "tests/fixtures/hostile/never_ends_for_some.ts",
      n: 24,
      limits: { deadlineMs: LATE_MS, fuel: Number.MAX_SAFE_INTEGER },
    });
    const results = judgedOnly(await collect(run, new LocalDispatcher(2)));
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 24 }, (_, at) => at));
    const late = results.filter(({ arms }) => arms.candidate.failure === "deadline");
    expect(late.length).toBeGreaterThan(0);
    for (const { arms } of results) {
      expect(arms.baseline.passed).toBe(true);
      expect(arms.candidate.passed).toBe(arms.candidate.failure === undefined);
    }
  });

  test("ends shrinking at a call that runs past its deadline: it took more than all may", async () => {
    const run = await makeRun({
      task: "tests/fixtures/tasks/sort_lists.ts",
      baseline: "tests/fixtures/arms/sort.ts",
      candidate: "tests/fixtures/arms/sort_never.ts",
      n: 30,
      limits: { deadlineMs: LATE_MS, fuel: Number.MAX_SAFE_INTEGER },
    });
    const dispatcher = new LocalDispatcher(1);
    const shrunk = await dispatcher.shrink(run, {
      index: 25,
      size: 1000,
      arm: "candidate",
      violation: { kind: "failure", name: "deadline" },
      isRegression: true,
      tries: 1000,
      fuel: 1e15,
    });
    await dispatcher.close();
    expect(shrunk.ended).toBe("fuel");
    expect(shrunk.path).toHaveLength(1);
  });

  test("gives up a file that never finishes loading", async () => {
    const run = await makeRun({
      candidate: "tests/fixtures/hostile/endless_top_level.ts",
      limits: { deadlineMs: LATE_MS, fuel: Number.MAX_SAFE_INTEGER },
    });
    await expect(collect(run, new LocalDispatcher(1))).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("endless_top_level.ts as the candidate"),
    });
  });
});

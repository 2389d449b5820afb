import { describe, expect, test } from "vitest";
import {
  CupelError,
  DEFAULT_POLICY,
  evaluateFiles,
  reportJson,
  runFile,
  SandboxError,
} from "../src/mod.ts";

const FILES = {
  task: "examples/top-k/task.ts",
  baseline: "examples/top-k/baseline.ts",
  candidate: "examples/top-k/heap.ts",
};

describe("the library", () => {
  test("evaluates a candidate and says how far it is", async () => {
    const progress: number[] = [];
    const report = await evaluateFiles({
      ...FILES,
      n: 20,
      workers: 2,
      onProgress: (done) => progress.push(done),
    });
    expect(report).toMatchObject({ verdict: "adopt", run: { n: 20, seed: 42 } });
    expect(progress).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(JSON.parse(reportJson(report))).toEqual(report);
  });

  test("decides by the policy that it is given", async () => {
    const policy = { minimumCases: 30 };
    const report = await evaluateFiles({ ...FILES, n: 20, workers: 1, policy });
    expect(report.verdict).toBe("inconclusive");
    expect(report.gate.policy).toEqual({ ...DEFAULT_POLICY, minimumCases: 30 });
  });

  test("repeats each case as often as it is told, and reports what changes", async () => {
    const files = {
      task: "tests/fixtures/tasks/sort.ts",
      baseline: "tests/fixtures/arms/sort.ts",
      candidate: "tests/fixtures/arms/sort_drawing.ts",
    };
    const options = { ...files, n: 12, workers: 1 };
    const report = await evaluateFiles({ ...options, stability: 3 });
    expect(report.run.repetitions).toBe(3);
    expect(report.unstable).toMatchObject({
      baseline: { judgements: 0, outputs: 0 },
      candidate: { judgements: 0, outputs: 12 },
    });
    expect((await evaluateFiles(options)).unstable).toBeNull();
  });

  test("runs as many cases as a task of fixed ones has, and shrinks nothing where told so", async () => {
    const report = await evaluateFiles({
      task: "tests/fixtures/tasks/two_cases.ts",
      baseline: "tests/fixtures/arms/sort.ts",
      candidate: "tests/fixtures/arms/sort_constant.ts",
      workers: 1,
      shrink: 0,
    });
    expect(report).toMatchObject({ verdict: "reject", run: { n: 2 }, cases: { judged: 2 } });
    expect(report.violations).toMatchObject([{ name: "keeps the length", shrunk: null }]);
  });

  test("stops when its signal is aborted", async () => {
    const stop = new AbortController();
    const run = evaluateFiles({
      ...FILES,
      n: 100_000,
      workers: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(run).rejects.toMatchObject({ name: "CupelError", code: "cancelled" });
  });

  test.each([
    { n: 0 },
    { n: 1.5 },
    { n: NaN },
    { seed: -1 },
    { workers: 0 },
    { limits: { fuel: 0 } },
    { limits: { memory: 1 } },
    { policy: { difference: { margin: 2 } } },
    { stability: 0 },
    { stability: 21 },
    { shrink: -1 },
  ])("refuses an option out of range: %o", async (options) => {
    const wrong: object = options;
    await expect(evaluateFiles({ ...FILES, ...wrong })).rejects.toThrow(CupelError);
  });

  test("refuses a file that is not there", async () => {
    await expect(evaluateFiles({ ...FILES, task: "none.ts" })).rejects.toThrow(SandboxError);
    await expect(runFile({ file: "none.ts", call: "f" })).rejects.toThrow(SandboxError);
  });

  test("runs one function and gives its outcome", async () => {
    const outcome = await runFile({ file: FILES.candidate, call: "topK", args: [[3, 1, 2], 2] });
    expect(outcome).toMatchObject({ ok: true, value: [3, 2] });
  });
});

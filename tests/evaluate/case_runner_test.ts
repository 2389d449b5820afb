import { describe, expect, test } from "vitest";
import { InlineDispatcher } from "../../src/dispatch/inline.ts";
import { collect, judgedOnly, makeRun, type RunChanges } from "./runs.ts";

const TASKS = "tests/fixtures/tasks";

async function results(changes: RunChanges) {
  return await collect(await makeRun(changes), new InlineDispatcher());
}

describe("a case", () => {
  test("counts fuel, memory and calls for each arm, and digests input and output", async () => {
    const [first] = judgedOnly(await results({ candidate: "examples/top-k/heap.ts", n: 1 }));
    expect(first?.inputDigest).toMatch(/^[0-9a-f]{64}$/);
    const { baseline, candidate } = first?.arms ?? {};
    expect(baseline?.calls).toBeGreaterThan(0);
    expect(baseline?.calls).toBeLessThanOrEqual(1 + (baseline?.checked.length ?? 0));
    expect(baseline?.outputDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(candidate?.outputDigest).toBe(baseline?.outputDigest);
    expect(baseline?.usage.fuel).toBeGreaterThan(0);
    expect(baseline?.usage.memoryBytes).toBeGreaterThan(0);
    expect(candidate?.usage.fuel).not.toBe(baseline?.usage.fuel);
  });

  test("keeps its input only where an arm did not pass", async () => {
    const judged = judgedOnly(await results({ candidate: "examples/top-k/off-by-one.ts", n: 30 }));
    const passed = judged.filter(({ arms }) => arms.candidate.passed);
    const failed = judged.filter(({ arms }) => !arms.candidate.passed);
    expect(passed.length).toBeGreaterThan(3);
    expect(failed.length).toBeGreaterThan(3);
    expect(passed.every((result) => !("input" in result))).toBe(true);
    for (const { input, inputSize } of failed) {
      expect(JSON.stringify(input)).toHaveLength(inputSize);
    }
  });

  test("says in which follow-up an arm failed, and does not count that relation", async () => {
    const judged = judgedOnly(
      await results({
        baseline: `${TASKS}/fails_in_follow_up.ts`,
        candidate: "examples/top-k/baseline.ts",
        n: 60,
      }),
    );
    const inFollowUp = judged.filter(({ arms }) =>
      arms.baseline.calls > 1 && arms.baseline.failure === "exception"
    );
    expect(inFollowUp.length).toBeGreaterThan(0);
    for (const { arms } of inFollowUp) {
      const failures = arms.baseline.violations.filter(({ kind }) => kind === "failure");
      expect(failures.length).toBeGreaterThan(0);
      for (const { name, message } of failures) {
        expect(name).toBe("exception");
        const relation = /^in the follow-up of "(.*)": .*not sorted/.exec(message)?.[1];
        expect(relation).toMatch(/^(permuting|appending) /);
        expect(arms.baseline.checked).not.toContain(relation);
      }
    }
  });

  test("is not valid where its input cannot be generated, and says why", async () => {
    const all = await results({
      task: `${TASKS}/generator_throws.ts`,
      baseline: `${TASKS}/answers_number.ts`,
      n: 30,
    });
    const invalid = all.filter(({ valid }) => !valid);
    expect(invalid.length).toBeGreaterThan(3);
    expect(invalid.length).toBeLessThan(30);
    for (const result of invalid) {
      expect(result).toMatchObject({
        error: {
          kind: "exception",
          message: expect.stringMatching(/^Cannot generate the case: .*no such input/),
        },
      });
    }
  });

  test("is not valid where its input cannot be given to an arm", async () => {
    const [result] = await results({
      task: `${TASKS}/input_cannot_cross.ts`,
      baseline: `${TASKS}/answers_number.ts`,
      n: 1,
    });
    expect(result).toMatchObject({ valid: false, error: { kind: "bad-output" } });
  });

  const stuck = { task: `${TASKS}/judge_never_ends.ts`, n: 1, limits: { fuel: 50_000_000 } };

  test("is not valid where the task cannot judge the baseline", async () => {
    const [result] = await results({
      ...stuck,
      baseline: `${TASKS}/answers_text.ts`,
      candidate: `${TASKS}/answers_number.ts`,
    });
    expect(result).toMatchObject({
      valid: false,
      error: {
        kind: "fuel",
        message: expect.stringMatching(/^Cannot judge the baseline's output: /),
      },
    });
  });

  test("is failed by a candidate whose output alone the task cannot judge", async () => {
    const [result] = judgedOnly(
      await results({
        ...stuck,
        baseline: `${TASKS}/answers_number.ts`,
        candidate: `${TASKS}/answers_text.ts`,
      }),
    );
    expect(result?.arms.baseline.passed).toBe(true);
    expect(result?.arms.candidate).toMatchObject({
      passed: false,
      failure: "fuel",
      violations: [{
        kind: "failure",
        name: "fuel",
        message: expect.stringMatching(/^the task failed to judge this output: /),
      }],
    });
  });
});

test("an output too deep to be handed to the judge fails its arm, and nobody else", async () => {
  const judged = judgedOnly(
    await results({ candidate: "tests/fixtures/hostile/deepest_output.ts", n: 20 }),
  );
  expect(judged).toHaveLength(20);
  const handedOn = judged.filter(({ arms }) => arms.candidate.failure === "bad-output");
  expect(handedOn.length).toBeGreaterThan(0);
  for (const { arms } of judged) {
    expect(arms.baseline.passed).toBe(true);
    expect(arms.candidate.passed).toBe(false);
    for (const { kind, message } of arms.candidate.violations) {
      if (kind === "failure") expect(message).toMatch(/judge this output: .*100 containers deep/);
    }
  }
});

describe("a task that cannot be used is bad input:", () => {
  test.each([
    ["no_properties", "Cannot use the task of no_properties.ts as `properties` must be"],
    ["no_default", "Cannot use the task of no_default.ts as the default export must be"],
  ])("%s", async (task, message) => {
    const baseline = `${TASKS}/answers_number.ts`;
    await expect(results({ task: `${TASKS}/${task}.ts`, baseline })).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining(message),
    });
  });
});

describe("fast-check", () => {
  test("is one and the same, however a task imports it", async () => {
    const judged = judgedOnly(
      await results({ task: `${TASKS}/fc_from_cupel.ts`, candidate: "examples/top-k/heap.ts" }),
    );
    expect(judged.every(({ arms }) => arms.candidate.passed)).toBe(true);
  });
});

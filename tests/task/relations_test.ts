import { describe, expect, test } from "vitest";
import type { Relation } from "../../src/task/define.ts";
import { drive } from "../../src/task/driver.ts";
import { defineTask, fc, several } from "../../src/task/mod.ts";

type Numbers = Relation<[number[]], unknown>;

/** A task with one relation, and an input that is always `[1, 2, 3]`. */
function driverOf(relation: Numbers, changes: object = {}) {
  return drive({
    ...defineTask({
      name: "x",
      inputs: fc.constant<number[]>([1, 2, 3]),
      properties: { "is a list": (output: unknown) => Array.isArray(output) || "is no list" },
      relations: { r: relation },
    }),
    ...changes,
  });
}

/** What is said of a relation over `[1, 2, 3]` and `[3]`, whose outputs are given. */
function judge(relation: Numbers, source: unknown, followUp: unknown, changes: object = {}) {
  const answered = { relation: "r", input: [[3]], output: followUp };
  const judged = driverOf(relation, changes).judge([[1, 2, 3]], source, [answered]);
  expect(judged.checked).toEqual(["r"]);
  return judged.violations.filter(({ kind }) => kind === "relation").map(({ message }) => message);
}

const transform = ([values]: [number[]]): [number[]] => [values.slice(-1)];

describe("what a relation expects of the outputs:", () => {
  test("equal, which is the default", () => {
    for (const relation of [{ transform }, { transform, expect: "equal" as const }]) {
      expect(judge(relation, [1], [1])).toEqual([]);
      expect(judge(relation, [1], [2])).toEqual([
        "outputs differ: [1] for the source, [2] after it",
      ]);
    }
  });

  test("not equal", () => {
    const relation = { transform, expect: "notEqual" as const };
    expect(judge(relation, [1], [2])).toEqual([]);
    expect(judge(relation, [1], [1])).toEqual(["outputs are equal: [1]"]);
  });

  test("the hard properties, of the follow-up on its own input", () => {
    const relation = { transform, expect: "propertiesHold" as const };
    expect(judge(relation, [1], [2])).toEqual([]);
    expect(judge(relation, [1], 2)).toEqual([
      'the follow-up breaks property "is a list": is no list',
    ]);
    const properties = {
      "has the input's length": (output: unknown[], input: number[]) =>
        output.length === input.length,
      soft: { check: () => false, severity: "soft" },
    };
    expect(judge(relation, [1, 2, 3], [9], { properties })).toEqual([]);
    expect(judge(relation, [1, 2, 3], [9, 9, 9], { properties })).toEqual([
      'the follow-up breaks property "has the input\'s length": does not hold',
    ]);
  });

  test("a check of its own, which gets both outputs and both inputs", () => {
    const seen: unknown[] = [];
    const relation: Numbers = {
      transform,
      expect: (...given) => {
        seen.push(...given);
        return "for a reason";
      },
    };
    expect(judge(relation, [1], [2])).toEqual(["for a reason"]);
    expect(seen).toEqual([[1], [2], [[1, 2, 3]], [[3]]]);
  });

  test("a check that throws, or an equivalence, is broken", () => {
    const check: Numbers = {
      transform,
      expect: () => {
        throw new Error("oh");
      },
    };
    expect(judge(check, [1], [1])).toEqual(["threw Error: oh"]);
    const equivalence = () => {
      throw new Error("no");
    };
    expect(judge({ transform }, [1], [1], { equivalence })).toEqual(["threw Error: no"]);
  });

  test("a check that answers neither yes nor no is refused", () => {
    const expectation = (() => Promise.resolve(true)) as never;
    expect(() => judge({ transform, expect: expectation }, [1], [2])).toThrow(
      'relation "r" must return true, false, a reason or nothing',
    );
  });

  test.each<unknown>([undefined, 1, "", "yes", Promise.resolve(true)])(
    "an equivalence that answers %o is refused: it could hide any difference",
    (answer) => {
      expect(() => judge({ transform }, [1], [2], { equivalence: () => answer })).toThrow(
        "`equivalence` must be a function that returns true or false",
      );
    },
  );

  test("what the source's output becomes, where outputs follow the input", () => {
    const output: Numbers["output"] = (
      source,
      [values],
      [last],
    ) => [...source as number[], values.length, last.length];
    const equal: Numbers = { transform, output };
    expect(judge(equal, [7], [7, 3, 1])).toEqual([]);
    expect(judge(equal, [7], [7])).toEqual([
      "outputs differ: [7] for the source, so that [7, 3, 1] must follow, [7] after it",
    ]);
    expect(judge({ ...equal, expect: "notEqual" }, [7], [7])).toEqual([]);
    expect(judge({ ...equal, expect: "notEqual" }, [7], [7, 3, 1])).toHaveLength(1);
  });

  test("one failure among several follow-ups, which is named once", () => {
    const relation: Numbers = { transform: () => several<[number[]]>([[1]], [[2]], [[3]]) };
    const driver = driverOf(relation);
    const { input, followUps } = driver.plan(1, 0);
    expect(followUps.map((followUp) => followUp.input)).toEqual([[[1]], [[2]], [[3]]]);
    const answered = followUps.map((followUp) => ({ ...followUp, output: followUp.input[0] }));
    expect(driver.judge(input, [1], answered)).toMatchObject({
      violations: [{ kind: "relation", name: "r", message: expect.stringContaining("[2] after") }],
      checked: ["r"],
    });
  });
});

describe("what a relation derives:", () => {
  test("nothing, where it does not apply", () => {
    expect(driverOf({ transform: () => undefined }).plan(1, 0).followUps).toEqual([]);
    expect(driverOf({ transform: () => several() }).plan(1, 0).followUps).toEqual([]);
  });

  test("a follow-up of the output, which is not planned with the case", () => {
    const driver = driverOf({
      feedBack: (output, [values], random) => {
        const list = output as number[];
        const derived = [...list, values.length, random.int(5, 5)];
        list.length = 0;
        return [derived];
      },
    });
    expect(driver.describe()).toMatchObject({ feedsBack: true });
    expect(driver.plan(1, 0).followUps).toEqual([]);
    const output = [8];
    expect(driver.feedBack(1, 0, [[1, 2, 3]], output)).toEqual([
      { relation: "r", input: [[8, 3, 5]] },
    ]);
    expect(output).toEqual([8]);
  });

  test.each<[string, Numbers, string]>([
    [
      "no list of arguments",
      { transform: () => 7 as never },
      'what `transform` of relation "r" returns must be a list of arguments: current value is 7',
    ],
    [
      "several that are no lists",
      { transform: () => several(7 as never) },
      'a follow-up that `transform` of relation "r" returns must be a list of arguments',
    ],
    [
      "too many",
      { transform: () => several<[number[]]>(...Array(65).fill([[1]])) },
      'what `transform` of relation "r" returns must be at most 64 follow-ups: current value is 65',
    ],
  ])("clear errors for %s", (_, relation, message) => {
    expect(() => driverOf(relation).plan(1, 0)).toThrow(message);
  });

  test("a clear error where an output cannot be fed back", () => {
    const feedBack = () => {
      throw new Error("not this one");
    };
    expect(() => driverOf({ feedBack }).feedBack(1, 0, [[1]], [1])).toThrow(
      '`feedBack` of relation "r" threw Error: not this one',
    );
  });
});

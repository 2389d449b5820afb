import { describe, expect, test } from "vitest";
import { drive } from "../../src/task/driver.ts";
import { cases, defineTask, fc } from "../../src/task/mod.ts";

/** A task of one list, with more fields. */
function taskWith(fields: object) {
  return {
    ...defineTask({
      name: "x",
      inputs: fc.constant([3, 1, 2]),
      properties: { anything: () => true },
    }),
    ...fields,
  };
}

function plan(fields: object) {
  return drive(taskWith(fields)).plan(1, 0);
}

describe("the key of a cluster, or of a group,", () => {
  test("is a text or a number; a task without them has none", () => {
    expect(plan({ cluster: () => "c", group: () => "g" })).toMatchObject({
      cluster: "c",
      group: "g",
    });
    expect(plan({ cluster: () => 1.5 }).cluster).toBe("1.5");
    expect(plan({ cluster: () => "" }).cluster).toBe("");
    expect(plan({})).toEqual({ input: [[3, 1, 2]], followUps: [] });
  });

  test("is read from the arguments, and may sort them: the arms get them as they were", () => {
    const sorted = plan({ cluster: (values: number[]) => values.sort()[0] });
    expect(sorted).toMatchObject({ cluster: "1", input: [[3, 1, 2]] });
  });

  test.each<[string, () => unknown, string]>([
    ["undefined", () => undefined, "current value is undefined"],
    ["NaN", () => NaN, "current value is NaN"],
    ["infinite", () => -Infinity, "current value is -Infinity"],
    ["an object", () => ({ a: 1 }), "current value is {a: 1}"],
    ["an object without a prototype", () => Object.create(null), "current value is {}"],
    ["a promise", () => Promise.resolve("c"), "current value is {}"],
    ["too long", () => "k".repeat(201), 'current value is "kkk'],
  ])("is refused where it is %s", (_, read, current) => {
    for (const field of ["cluster", "group"]) {
      const message = `\`${field}\` must return a text of at most 200 characters or a number`;
      expect(() => plan({ [field]: read })).toThrow(message);
      expect(() => plan({ [field]: read })).toThrow(current);
    }
  });

  test("says so where reading it throws", () => {
    const throwing = () => {
      throw new TypeError("no key");
    };
    expect(() => plan({ cluster: throwing })).toThrow("`cluster` threw TypeError: no key");
    expect(() => plan({ group: throwing })).toThrow("`group` threw TypeError: no key");
  });
});

describe("a format", () => {
  test("shows inputs and outputs; a task without one shows none", () => {
    const driver = drive(taskWith({
      format: {
        input: (values: number[]) => values.join("-"),
        output: (value: number) => `~${value}`,
      },
    }));
    expect(driver.formatInputs([[[1, 2]], [[]]])).toEqual(["1-2", ""]);
    expect(driver.formatOutputs([7])).toEqual(["~7"]);
    const half = drive(taskWith({ format: { output: () => "out" } }));
    expect(half.formatInputs([[1]])).toEqual([undefined]);
    expect(half.formatOutputs([1])).toEqual(["out"]);
    expect(drive(taskWith({})).formatOutputs([1])).toEqual([undefined]);
  });

  test("that throws says so, whichever way it throws", () => {
    const format = {
      input: () => {
        throw new Error("cannot show it");
      },
      output: () => ({
        toString() {
          throw new Error("nor this");
        },
      }),
    };
    const driver = drive(taskWith({ format }));
    expect(driver.formatInputs([[1]])).toEqual([
      "(`input` of `format` threw Error: cannot show it)",
    ]);
    expect(driver.formatOutputs([1])).toEqual(["(`output` of `format` threw Error: nor this)"]);
  });

  test("of no end is cut, and what is no text becomes one", () => {
    const driver = drive(taskWith({
      format: { input: () => "x".repeat(1_000_000), output: () => null },
    }));
    expect(driver.formatInputs([[1]])[0]).toHaveLength(10_000);
    expect(driver.formatOutputs([1])).toEqual(["null"]);
  });
});

describe("fixed cases", () => {
  const fixed = cases<[number]>([[7], [8]]);
  const properties = { anything: () => true };

  test("come first whatever the seed, and generated ones after them", () => {
    const driver = drive({ name: "x", inputs: { ...fixed, rest: fc.nat() }, properties });
    expect(driver.describe()).toMatchObject({ fixedCases: 2, generates: true });
    for (const seed of [1, 2, 3]) {
      expect(driver.plan(seed, 0).input).toEqual([7]);
      expect(driver.plan(seed, 1).input).toEqual([8]);
    }
    const later = new Set([1, 2, 3].map((seed) => JSON.stringify(driver.plan(seed, 2).input)));
    expect(later.size).toBeGreaterThan(1);
  });

  test("do not change the cases that are generated after them", () => {
    const generated = drive({ name: "x", inputs: fc.nat(), properties });
    const after = drive({ name: "x", inputs: { ...fixed, rest: fc.nat() }, properties });
    for (let index = 2; index < 20; index++) {
      expect(after.plan(4, index)).toEqual(generated.plan(4, index));
    }
  });

  test("alone are all that there are", () => {
    const driver = drive({ name: "x", inputs: fixed, properties });
    expect(driver.describe()).toMatchObject({ fixedCases: 2, generates: false });
    expect(() => driver.plan(1, 2)).toThrow("there is no case 2: the task has 2 fixed cases only");
  });

  test("do not shrink; generated ones do, to the path that names them", () => {
    const driver = drive({ name: "x", inputs: { ...fixed, rest: fc.nat() }, properties });
    expect(driver.shrink(1, 0, [], 0, 16)).toEqual([]);
    const children = driver.shrink(1, 2, [], 0, 16);
    expect(children.length).toBeGreaterThan(1);
    children.forEach((child, at) => expect(driver.plan(1, 2, [at])).toEqual(child));
    expect(driver.shrink(1, 2, [], 1, 1)).toEqual(children.slice(1, 2));
    expect(() => driver.plan(1, 2, [100_000])).toThrow(/a path must be one that the shrinks have/);
  });
});

describe("metrics", () => {
  const metric = (value: unknown) => ({ value, direction: "higher" });
  const read = (metrics: object) => drive(taskWith({ metrics })).judge([[1]], 5, []).metrics;

  test("are read from output and input, in the task's order", () => {
    const metrics = {
      b: metric((output: number) => output),
      a: metric((_: number, values: number[]) => values.length),
    };
    expect(read(metrics)).toEqual([5, 1]);
    expect(drive(taskWith({ metrics })).describe()).toMatchObject({
      metrics: [
        { name: "b", kind: "mean", direction: "higher", interval: "bca", description: "" },
        { name: "a" },
      ],
    });
  });

  test("have no value where they say so, throw, or give what is no finite number", () => {
    const throwing = () => {
      throw new Error("unreadable");
    };
    const values = [() => undefined, () => null, () => NaN, () => Infinity, throwing];
    const metrics = Object.fromEntries(values.map((value, at) => [`m${at}`, metric(value)]));
    expect(read(metrics)).toEqual([null, null, null, null, null]);
  });

  test.each<[string, unknown]>([["a promise", Promise.resolve(1)], ["a text", "1"], ["1n", 1n]])(
    "are refused where they give %s: they would never have a value",
    (_, value) => {
      expect(() => read({ m: metric(() => value) })).toThrow(
        'metric "m" must be a function that returns a number or undefined',
      );
    },
  );
});

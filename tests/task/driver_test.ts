import { describe, expect, test } from "vitest";
import { drive } from "../../src/task/driver.ts";
import { args, cases, defineTask, fc } from "../../src/task/mod.ts";

const sorting = defineTask({
  name: "sort",
  inputs: [fc.array(fc.integer()), fc.boolean()],
  properties: {
    "keeps the length": (output: number[], values) => output.length === values.length,
    "is a list": (output) => Array.isArray(output) || "is no list",
  },
  relations: {
    permuting: {
      transform: ([values, flag], random) => [random.shuffle(values), flag],
    },
    "adding one": {
      transform: ([values, flag]) => values.length > 3 ? undefined : [[...values, 1], flag],
      expect: (source, followUp, _input, [longer]) =>
        followUp.length === source.length + 1 && longer.length === followUp.length,
    },
  },
});

const oneProperty = { anything: () => true };

describe("describing a task", () => {
  test("gives its name, entry, properties and relations", () => {
    expect(drive(sorting).describe()).toEqual({
      ok: true,
      name: "sort",
      entry: "solve",
      properties: [
        { name: "keeps the length", severity: "hard", description: "" },
        { name: "is a list", severity: "hard", description: "" },
      ],
      relations: [
        { name: "permuting", category: "", description: "", weight: 1 },
        { name: "adding one", category: "", description: "", weight: 1 },
      ],
      metrics: [],
      fixedCases: 0,
      generates: true,
      sameAsBaseline: false,
      feedsBack: false,
      clusters: false,
      groups: false,
      formats: false,
    });
  });

  const inputs = fc.nat();
  test.each<[string, unknown, string]>([
    ["no default export", undefined, "the default export must be a task made with defineTask"],
    ["no name", { inputs, properties: oneProperty }, "`name` must be a text that is not empty"],
    ["a blank name", { name: " ", inputs, properties: oneProperty }, "`name` must be a text"],
    [
      "an entry that is no text",
      { name: "x", entry: 1, inputs, properties: oneProperty },
      "`entry`",
    ],
    [
      "no inputs",
      { name: "x", properties: oneProperty },
      "`inputs` must be a fast-check arbitrary",
    ],
    ["an empty list of inputs", { name: "x", inputs: [], properties: oneProperty }, "`inputs`"],
    ["inputs of values", { name: "x", inputs: [1], properties: oneProperty }, "value is [1]"],
    ["no properties", { name: "x", inputs }, "`properties` must be an object with at least one"],
    ["empty properties", { name: "x", inputs, properties: {} }, "current value is {}"],
    ["a nameless property", { name: "x", inputs, properties: { "": () => true } }, "a name in"],
    ["a property that is no function", { name: "x", inputs, properties: { p: 1 } }, 'property "p"'],
    ["a list of relations", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: [],
    }, "`relations` must be an object of relations"],
    ["a relation without transform", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: {} },
    }, '`transform` of relation "r" must be a function'],
    ["another expectation", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: { transform: () => [1], expect: "same" } },
    }, '`expect` of relation "r" must be one of "equal", "notEqual", "propertiesHold"'],
    [
      "an unknown field",
      { name: "x", inputs, property: oneProperty },
      'current value is "property"',
    ],
    [
      "an unknown field of a property",
      {
        name: "x",
        inputs,
        properties: { p: { check: () => true, hard: true } },
      },
      'a field of property "p" must be one of check, severity, description: current value is "hard"',
    ],
    ["a property without a check", {
      name: "x",
      inputs,
      properties: { p: { severity: "soft" } },
    }, '`check` of property "p" must be a function of the output and the input'],
    ["another severity", {
      name: "x",
      inputs,
      properties: { p: { check: () => true, severity: "mild" } },
    }, '`severity` of property "p" must be one of "hard", "soft": current value is "mild"'],
    ["soft properties alone", {
      name: "x",
      inputs,
      properties: { p: { check: () => true, severity: "soft" } },
    }, "`properties` must be an object with at least one hard check"],
    ["an unknown field of a relation", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: { transform: () => [1], expects: "equal" } },
    }, 'a field of relation "r" must be one of transform, feedBack, expect, output, category'],
    ["a relation of both kinds", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: { transform: () => [1], feedBack: () => [1] } },
    }, 'relation "r" must be an object with either `transform` or `feedBack`'],
    ["an output for what is not compared", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: { transform: () => [1], expect: "propertiesHold", output: () => 1 } },
    }, '`output` of relation "r" must be left out where `expect` is not "equal" or "notEqual"'],
    ...[0, -1, NaN, Infinity, "2"].map((weight): [string, unknown, string] => [
      `a weight of ${weight}`,
      {
        name: "x",
        inputs,
        properties: oneProperty,
        relations: { r: { transform: () => [1], weight } },
      },
      '`weight` of relation "r" must be a number above 0',
    ]),
    ["an empty description", {
      name: "x",
      inputs,
      properties: oneProperty,
      relations: { r: { transform: () => [1], description: "" } },
    }, '`description` of relation "r" must be a text that is not empty'],
    ["a metric that is a function", {
      name: "x",
      inputs,
      properties: oneProperty,
      metrics: { m: () => 1 },
    }, 'metric "m" must be an object with `value` and `direction`'],
    ["a metric without a direction", {
      name: "x",
      inputs,
      properties: oneProperty,
      metrics: { m: { value: () => 1 } },
    }, '`direction` of metric "m" must be one of "higher", "lower": current value is undefined'],
    ["another kind of metric", {
      name: "x",
      inputs,
      properties: oneProperty,
      metrics: { m: { value: () => 1, direction: "lower", kind: "max" } },
    }, '`kind` of metric "m" must be one of "mean", "sum"'],
    ["another interval", {
      name: "x",
      inputs,
      properties: oneProperty,
      metrics: { m: { value: () => 1, direction: "lower", interval: "bayes" } },
    }, '`interval` of metric "m" must be one of "bca", "percentile", "basic", "t"'],
    ["an unknown field of a metric", {
      name: "x",
      inputs,
      properties: oneProperty,
      metrics: { m: { value: () => 1, direction: "lower", unit: "s" } },
    }, 'a field of metric "m" must be one of value, kind, direction, interval, description'],
    [
      "a cluster that is no function",
      { name: "x", inputs, properties: oneProperty, cluster: "a" },
      "`cluster` must be a function of the input",
    ],
    [
      "a group that is no function",
      { name: "x", inputs, properties: oneProperty, group: {} },
      "`group` must be a function of the input",
    ],
    [
      "an unknown field of a format",
      { name: "x", inputs, properties: oneProperty, format: { inputs: () => "" } },
      "a field of `format` must be one of input, output",
    ],
    [
      "a format that is a function",
      { name: "x", inputs, properties: oneProperty, format: () => "" },
      "`format` must be an object with `input`, `output` or both",
    ],
    [
      "no fixed cases",
      { name: "x", inputs: cases([]), properties: oneProperty },
      "cases(…) must be at least one case, each a list of arguments",
    ],
    [
      "a fixed case that is no list",
      { name: "x", inputs: { fixed: [[1], 2] }, properties: oneProperty },
      "case 1 of cases(…) must be a list of arguments: current value is 2",
    ],
    [
      "fixed cases followed by what generates none",
      { name: "x", inputs: { fixed: [[1]], rest: 7 }, properties: oneProperty },
      "what follows the fixed cases must be a fast-check arbitrary",
    ],
    ["an equivalence that is no function", {
      name: "x",
      inputs,
      properties: oneProperty,
      equivalence: true,
    }, "`equivalence` must be a function of two outputs: current value is true"],
  ])("explains %s", (_, definition, expected) => {
    const reply = drive(definition).describe();
    expect(reply).toMatchObject({ ok: false, problem: expect.stringContaining(expected) });
    expect(reply).toMatchObject({ problem: expect.stringContaining("current value is") });
  });
});

describe("planning a case", () => {
  test("gives the same case for the same seed and index, in any order", () => {
    const plan = (index: number) => drive(sorting).plan(42, index);
    const forwards = [0, 1, 2, 3, 4, 5].map(plan);
    const driver = drive(sorting);
    const backwards = [5, 4, 3, 2, 1, 0].map((index) => driver.plan(42, index)).reverse();
    expect(backwards).toEqual(forwards);
    expect(drive(sorting).plan(43, 5)).not.toEqual(forwards[5]);
  });

  test("gives cases that differ from each other", () => {
    const driver = drive(sorting);
    const cases = Array.from({ length: 200 }, (_, index) => JSON.stringify(driver.plan(1, index)));
    expect(new Set(cases).size).toBeGreaterThan(150);
  });

  test("leaves out a relation that does not apply", () => {
    const driver = drive(sorting);
    for (let index = 0; index < 50; index++) {
      const { input, followUps } = driver.plan(42, index);
      const applies = (input[0] as number[]).length <= 3;
      expect(followUps.map(({ relation }) => relation)).toEqual(
        applies ? ["permuting", "adding one"] : ["permuting"],
      );
    }
  });

  test("does not change one relation's follow-up because another one was added", () => {
    const { permuting } = sorting.relations ?? {};
    if (permuting === undefined) throw new Error("the task lost its relation");
    const fewer = defineTask({ ...sorting, relations: { permuting } });
    for (let index = 0; index < 20; index++) {
      expect(drive(fewer).plan(3, index).followUps[0]).toEqual(
        drive(sorting).plan(3, index).followUps[0],
      );
    }
  });

  test("keeps the source input from a transform that changes it in place", () => {
    const careless = defineTask({
      name: "careless",
      inputs: fc.array(fc.nat(), { minLength: 2 }),
      properties: { anything: () => true },
      relations: {
        emptying: {
          transform: ([values]) => {
            values.length = 0;
            return [values];
          },
        },
      },
    });
    const { input, followUps } = drive(careless).plan(1, 1);
    expect((input[0] as number[]).length).toBeGreaterThan(1);
    expect(followUps).toEqual([{ relation: "emptying", input: [[]] }]);
  });

  test("gives one argument for an arbitrary, several for a list, the list for args", () => {
    const properties = { anything: () => true };
    const pair = fc.tuple(fc.constant(1), fc.constant(2));
    const inputOf = (task: unknown) => drive(task).plan(0, 0).input;
    expect(inputOf(defineTask({ name: "x", inputs: pair, properties }))).toEqual([[1, 2]]);
    expect(inputOf(defineTask({ name: "x", inputs: args(pair), properties }))).toEqual([1, 2]);
    const inputs = [pair, fc.constant(3)] as const;
    expect(inputOf(defineTask({ name: "x", inputs, properties }))).toEqual([[1, 2], 3]);
  });

  test("names what is wrong: arguments that are no list, a transform that throws", () => {
    const one = { name: "x", properties: oneProperty };
    const noList = { ...one, inputs: { argumentList: fc.nat({ max: 0 }) } };
    expect(() => drive(noList).plan(0, 0)).toThrow(
      "a value generated by args(…) must be a list of arguments: current value is 0",
    );
    const throwing = {
      ...one,
      inputs: fc.nat(),
      relations: {
        bad: {
          transform: () => {
            throw new Error("oh");
          },
        },
      },
    };
    expect(() => drive(throwing).plan(0, 0)).toThrow(
      '`transform` of relation "bad" threw Error: oh',
    );
  });
});

describe("judging a case", () => {
  const driver = drive(sorting);

  test("finds nothing wrong with right outputs", () => {
    const followUps = [{ relation: "permuting", input: [[2, 1], true], output: [1, 2] }];
    expect(driver.judge([[1, 2], true], [1, 2], followUps)).toEqual({
      violations: [],
      warnings: [],
      checked: ["permuting"],
      metrics: [],
    });
  });

  test("says which property or relation is violated, and why", () => {
    const followUps = [
      { relation: "permuting", input: [[2, 1], true], output: [2, 1] },
      { relation: "adding one", input: [[1, 2, 1], true], output: [1] },
    ];
    expect(driver.judge([[1, 2], true], [1], followUps).violations).toEqual([
      { kind: "property", name: "keeps the length", message: "does not hold" },
      {
        kind: "relation",
        name: "permuting",
        message: "outputs differ: [1] for the source, [2, 1] after it",
      },
      { kind: "relation", name: "adding one", message: "does not hold" },
    ]);
  });

  test("tells a bigint from the baseline's number, which look alike", () => {
    expect(driver.judge([[1], true], 0n, [], [0]).violations).toContainEqual({
      kind: "property",
      name: "same as the baseline",
      message: "is 0n, a bigint, and the baseline's 0, a number",
    });
  });

  test("counts a check that throws as violated, whatever the output is", () => {
    const { violations } = driver.judge([[1], true], null, []);
    expect(violations).toHaveLength(2);
    expect(violations[0]?.message).toMatch(/^threw TypeError: /);
    expect(violations[1]?.message).toBe("is no list");
  });

  test("uses the task's own equivalence", () => {
    const task = defineTask({
      name: "near",
      inputs: fc.nat(),
      properties: { "is a number": (output: number) => typeof output === "number" },
      relations: { same: { transform: ([value]) => [value] } },
      equivalence: (left, right) => Math.abs(left - right) < 0.5,
    });
    const judge = (output: number) =>
      drive(task).judge([1], 1, [{ relation: "same", input: [1], output }]).violations;
    expect(judge(1.25)).toEqual([]);
    expect(judge(1.75)).toHaveLength(1);
  });

  test("refuses a check that answers with a promise: it would never fail", () => {
    const task = { ...sorting, properties: { later: () => Promise.resolve(false) } };
    expect(() => drive(task).judge([[], true], [], [])).toThrow(
      'property "later" must return true, false, a reason or nothing',
    );
  });

  test("gives each check the output as it was, whatever the checks before it did to theirs", () => {
    const sorted = (values: number[]) => values.sort((left, right) => left - right);
    const ruin = (...lists: (readonly number[])[]) => {
      for (const list of lists) (list as number[]).length = 0;
      return true;
    };
    const relation = { transform: ([values]: [number[]]): [number[]] => [values] };
    const task = defineTask({
      name: "careless",
      inputs: fc.array(fc.nat()),
      properties: {
        "sorts what it gets": (output: number[], values) =>
          sorted(output).length === sorted(values).length,
        "is ascending": (output, values) =>
          `${output}` === "2,1" && `${values}` === "2,1" || `sees ${output} of ${values}`,
        "sees the same, softly": { check: (output) => `${output}` === "2,1", severity: "soft" },
      },
      relations: {
        check: {
          ...relation,
          expect: (source, followUp, [input], [other]) => ruin(source, followUp, input, other),
        },
        output: {
          ...relation,
          output: (source, [input], [other]) => {
            const copy = [...source];
            ruin(source, input, other);
            return copy;
          },
        },
        equivalence: relation,
        "properties hold": { ...relation, expect: "propertiesHold" },
      },
      equivalence: (left, right) => `${left}` === `${right}` && ruin(left, right),
      metrics: {
        first: { value: (output) => output.shift(), direction: "higher" },
        second: { value: (output) => output.shift(), direction: "higher" },
      },
    });
    const followUps = Object.keys(task.relations ?? {}).map((relation) => ({
      relation,
      input: [[2, 1]],
      output: [2, 1],
    }));
    expect(drive(task).judge([[2, 1]], [2, 1], followUps)).toEqual({
      violations: [],
      warnings: [],
      checked: ["check", "output", "equivalence", "properties hold"],
      metrics: [2, 2],
    });
  });

  test("keeps messages short, however large the output is", () => {
    const task = { ...sorting, properties: { wordy: (output: unknown) => String(output) } };
    const huge = "x".repeat(100_000);
    const [violation] = drive(task).judge([[], true], huge, []).violations;
    expect(violation?.message.length).toBeLessThan(600);
  });
});

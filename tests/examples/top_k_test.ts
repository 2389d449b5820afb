import { describe, expect, test } from "vitest";
import { topK as sorting } from "../../examples/top-k/baseline.ts";
import { topK as dropping } from "../../examples/top-k/drops-duplicates.ts";
import { topK as heap } from "../../examples/top-k/heap.ts";
import { topK as offByOne } from "../../examples/top-k/off-by-one.ts";
import task from "../../examples/top-k/task.ts";
import { drive } from "../../src/task/driver.ts";

type TopK = (values: number[], k: number) => unknown;

const driver = drive(task);
const CASES = 3000;

/** What the task says of an implementation, over many cases of many seeds. */
function violationsOf(solve: TopK): { cases: number; names: Set<string> } {
  const names = new Set<string>();
  let cases = 0;
  for (let index = 0; index < CASES; index++) {
    const { input, followUps } = driver.plan(index % 7, index);
    const ask = ([values, k]: unknown[]) => solve([...values as number[]], k as number);
    const answered = followUps.map((followUp) => ({ ...followUp, output: ask(followUp.input) }));
    const { violations } = driver.judge(input, ask(input), answered);
    if (violations.length > 0) cases++;
    for (const { name } of violations) names.add(name);
  }
  return { cases, names };
}

/** Right, in ways that differ from the baseline's. */
const right: [string, TopK][] = [
  ["sorting", sorting],
  ["a heap", heap],
  ["taking the largest one, k times", (values, k) => {
    const rest = [...values];
    const top: number[] = [];
    while (top.length < k && rest.length > 0) {
      top.push(...rest.splice(rest.indexOf(Math.max(...rest)), 1));
    }
    return top;
  }],
  ["counting larger ones", (values, k) =>
    values
      .map((value, at) => ({
        value,
        rank: values.filter((other, there) => other > value || (other === value && there < at))
          .length,
      }))
      .filter(({ rank }) => rank < k)
      .sort((left, right) => left.rank - right.rank)
      .map(({ value }) => value)],
  ["32-bit integers", (values, k) => [...Int32Array.from(values).sort().reverse().slice(0, k)]],
];

/** Wrong, each in its own way. */
const wrong: [string, TopK][] = [
  ["one too few", offByOne],
  ["no duplicates", dropping],
  ["nothing", () => []],
  ["everything, sorted", (values) => sorting(values, values.length)],
  ["the k smallest", (values, k) => values.sort((left, right) => left - right).slice(0, k)],
  ["the k first", (values, k) => sorting(values.slice(0, k), k)],
  ["ascending", (values, k) => sorting(values, k).reverse()],
  ["sorted as texts", (values, k) => values.sort().reverse().slice(0, k)],
  [
    "the k largest without the largest",
    (values, k) => k < values.length ? sorting(values, k + 1).slice(1) : sorting(values, k),
  ],
  ["made up", (values, k) => Array.from({ length: Math.min(k, values.length) }, () => 0)],
  ["padded", (values, k) => [...sorting(values, k), ...Array(k).fill(0)].slice(0, k)],
  ["16-bit integers", (values, k) => sorting([...Int16Array.from(values)], k)],
  ["no list", () => null],
];

describe("the top-k task", () => {
  test.each(right)("flags no right implementation: %s", (_, solve) => {
    expect(violationsOf(solve)).toEqual({ cases: 0, names: new Set() });
  });

  test.each(wrong)("catches a wrong one: %s", (_, solve) => {
    expect(violationsOf(solve).cases).toBeGreaterThan(CASES / 20);
  });

  test("has cases of every kind that it promises", () => {
    const found = new Set<string>();
    for (let index = 0; index < 400; index++) {
      const { input } = driver.plan(42, index);
      const [values, k] = input as [number[], number];
      for (const kind of kindsOf(values, k)) found.add(kind);
    }
    expect([...found].sort()).toEqual([
      "ascending",
      "descending",
      "duplicates",
      "empty",
      "extremes",
      "k = 0",
      "k = length",
      "k > length",
      "long",
      "negatives",
      "single",
      "small range",
    ]);
  });

  test("keeps all values, appended ones too, within its bounds", () => {
    for (let index = 0; index < CASES; index++) {
      const { input, followUps } = driver.plan(1, index);
      for (const [values] of [input, ...followUps.map((followUp) => followUp.input)]) {
        expect((values as number[]).every((value) => Math.abs(value) <= 1e9)).toBe(true);
      }
    }
  });
});

function kindsOf(values: number[], k: number): string[] {
  const sorted = [...values].sort((left, right) => left - right);
  const distinct = new Set(values).size;
  const isSortedAs = (other: number[]) =>
    distinct > 3 && other.every((value, at) => value === values[at]);
  const kinds: [string, boolean][] = [
    ["empty", values.length === 0],
    ["single", values.length === 1],
    ["duplicates", values.length > 2 * distinct],
    ["ascending", isSortedAs(sorted)],
    ["descending", isSortedAs(sorted.toReversed())],
    ["long", values.length >= 100],
    ["k = 0", k === 0 && values.length > 0],
    ["k = length", k === values.length && k > 1],
    ["k > length", k > values.length],
    ["negatives", values.length > 1 && values.every((value) => value < 0)],
    ["extremes", values.includes(1e9) && values.includes(-1e9)],
    ["small range", distinct > 3 && values.every((value) => Math.abs(value) <= 5)],
  ];
  return kinds.filter(([, holds]) => holds).map(([kind]) => kind);
}

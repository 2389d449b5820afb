import { describe, expect, test } from "vitest";
import type { Outcome } from "../../sandbox/outcome.ts";
import { outcomeJson } from "../../src/report/outcome_json.ts";
import { outcomeText } from "../../src/report/outcome_text.ts";

const usage = { fuel: 12_345, memoryBytes: 204_800, wallMs: 1.25 };

const value: Outcome = {
  ok: true,
  value: [1, NaN, undefined, 2n],
  usage,
  output: [{ level: "log", text: "two\nlines" }, { level: "error", text: "three" }],
};

const failure: Outcome = {
  ok: false,
  failure: { kind: "exception", message: "Error: no\u001b[2J", stack: "at f (a.ts:1:2)\nat g" },
  usage,
  output: [],
};

describe("an outcome's text", () => {
  test("shows console lines, the value as JavaScript writes it, and what was used", () => {
    expect(outcomeText(value, { colour: false })).toBe(
      "guest log: two\n  lines\nguest error: three\n[1, NaN, undefined, 2n]\nfuel 12.3 k, memory 200.0 KiB, 1.3 ms\n",
    );
  });

  test("shows the kind of a failure and its stack, and cannot drive the terminal", () => {
    expect(outcomeText(failure, { colour: false })).toBe(
      "exception: Error: no\\x1b[2J\n  at f (a.ts:1:2)\n  at g\n" +
        "fuel 12.3 k, memory 200.0 KiB, 1.3 ms\n",
    );
  });
});

test("an outcome that ended at the deadline does not pretend to have used nothing", () => {
  const late: Outcome = {
    ok: false,
    failure: { kind: "deadline", message: "took longer than 2000 ms" },
    usage: { fuel: 0, memoryBytes: 0, wallMs: 2000 },
    output: [],
  };
  expect(outcomeText(late, { colour: false })).toBe(
    "deadline: took longer than 2000 ms\nfuel and memory unknown, 2.00 s\n",
  );
});

describe("an outcome's JSON", () => {
  test("tags what JSON lacks", () => {
    expect(JSON.parse(outcomeJson(value))).toEqual({
      ok: true,
      value: [1, { $: "number", v: "NaN" }, { $: "undefined" }, { $: "bigint", v: "2" }],
      usage,
      output: [{ level: "log", text: "two\nlines" }, { level: "error", text: "three" }],
    });
  });

  test("has kind, message and stack of a failure", () => {
    expect(JSON.parse(outcomeJson(failure))).toEqual({
      ok: false,
      failure: failure.failure,
      usage,
      output: [],
    });
  });
});

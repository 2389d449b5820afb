import { describe, expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import {
  parseDescription,
  parseJudgement,
  parsePlan,
  ReplyError,
} from "../../src/evaluate/task_replies.ts";

const task = { name: "t", entry: "solve", properties: ["p"], relations: ["r", "s"] };

describe("the reply of a task", () => {
  test("is taken where it has the right form", () => {
    expect(parseDescription({ ok: true, ...task })).toEqual(task);
    expect(parseDescription({ ok: false, problem: "no" })).toEqual({ problem: "no" });
    const plan = { input: [1], followUps: [{ relation: "r", input: [2] }] };
    expect(parsePlan(plan, task)).toEqual(plan);
    const judgement = {
      violations: [{ kind: "property", name: "p", message: "no" }],
      checked: ["r"],
    };
    expect(parseJudgement(judgement, task)).toEqual(judgement);
  });

  test.each<Value>([
    undefined,
    [],
    "text",
    { ok: true, ...task, name: 1 },
    { ok: true, ...task, properties: "p" },
    { ok: true, ...task, properties: ["p", "p"] },
    { ok: false },
  ])("to describe is refused where it has not: %j", (reply) => {
    expect(() => parseDescription(reply)).toThrow(ReplyError);
  });

  test.each<Value>([
    null,
    { input: 1, followUps: [] },
    { input: [] },
    { input: [], followUps: [{ relation: "unknown", input: [] }] },
    { input: [], followUps: [{ relation: "r", input: {} }] },
    { input: [], followUps: [{ relation: "r", input: [] }, { relation: "r", input: [] }] },
  ])("to plan is refused where it has not: %j", (reply) => {
    expect(() => parsePlan(reply, task)).toThrow(ReplyError);
  });

  test.each<Value>([
    7,
    { violations: [], checked: ["p"] },
    { violations: {}, checked: [] },
    { violations: [{ kind: "failure", name: "p", message: "" }], checked: [] },
    { violations: [{ kind: "property", name: "r", message: "" }], checked: [] },
    { violations: [{ kind: "relation", name: "r" }], checked: [] },
    {
      violations: [
        { kind: "property", name: "p", message: "" },
        { kind: "property", name: "p", message: "" },
      ],
      checked: [],
    },
  ])("to judge is refused where it has not: %j", (reply) => {
    expect(() => parseJudgement(reply, task)).toThrow(ReplyError);
  });
});

import { describe, expect, test } from "vitest";
import type { Value } from "../../sandbox/values/value.ts";
import { parseDescription } from "../../src/evaluate/description_reply.ts";
import { ReplyError } from "../../src/evaluate/reply_fields.ts";
import {
  parseFollowUps,
  parseFormatted,
  parseJudgement,
  parsePlan,
  parsePlans,
} from "../../src/evaluate/task_replies.ts";
import { metric, property, relation, taskDescription } from "./task_descriptions.ts";

const task = taskDescription({
  properties: [property("p"), property("s", { severity: "soft" })],
  relations: [relation("r"), relation("s", { weight: 2 })],
  metrics: [metric("m")],
});
const keyed = { ...task, clusters: true, groups: true };

/** The task's description as its isolate gives it, with some fields replaced. */
function description(changes: { [key: string]: Value } = {}): Value {
  return { ok: true, ...JSON.parse(JSON.stringify(task)), ...changes };
}

const sound = { violations: [], warnings: [], checked: [], metrics: [1] };

describe("the reply of a task", () => {
  test("is taken where it has the right form", () => {
    expect(parseDescription(description())).toEqual(task);
    expect(parseDescription({ ok: false, problem: "no" })).toEqual({ problem: "no" });
    const plan = { input: [1], followUps: [{ relation: "r", input: [2] }] };
    expect(parsePlan(plan, task)).toEqual(plan);
    expect(parsePlan({ ...plan, cluster: "c", group: "" }, keyed)).toEqual({
      ...plan,
      cluster: "c",
      group: "",
    });
    expect(parsePlans([plan, plan], task, 2)).toEqual([plan, plan]);
    expect(parseFollowUps(plan.followUps, task)).toEqual(plan.followUps);
    const judgement = {
      violations: [{ kind: "property", name: "p", message: "no" }],
      warnings: [{ kind: "property", name: "s", message: "hm" }],
      checked: ["r"],
      metrics: [null],
    };
    expect(parseJudgement(judgement, task)).toEqual(judgement);
    expect(parseFormatted(["one", undefined])).toEqual(["one", undefined]);
  });

  test("may hold several follow-ups of one relation, and no more than a relation may have", () => {
    const followUps = (count: number) =>
      Array.from({ length: count }, (_, at) => at)
        .map((input) => ({ relation: "r", input: [input] }));
    expect(parseFollowUps(followUps(64), task)).toEqual(followUps(64));
    expect(() => parseFollowUps(followUps(65), task)).toThrow(/more than 64/);
    expect(() => parsePlan({ input: [], followUps: followUps(65) }, task)).toThrow(ReplyError);
  });

  test("may hold no more smaller cases than were asked for", () => {
    const plan = { input: [], followUps: [] };
    expect(() => parsePlans([plan, plan, plan], task, 2)).toThrow(ReplyError);
  });

  test("cannot fill the host's memory with a message or a key for each case", () => {
    const violations = [{ kind: "property", name: "p", message: "m".repeat(100_000) }];
    const [violation] = parseJudgement({ ...sound, violations }, task).violations;
    expect(violation?.message).toHaveLength(1000);
    const plan = { input: [], followUps: [], cluster: "c".repeat(201), group: "g" };
    expect(() => parsePlan(plan, keyed)).toThrow(/longer than 200 characters/);
  });

  test.each<[string, Value]>([
    ["nothing", undefined],
    ["a list", []],
    ["a text", "text"],
    ["no problem", { ok: false }],
    ["a name that is none", description({ name: 1 })],
    ["properties that are no list", description({ properties: "p" })],
    ["properties without a severity", description({ properties: [{ name: "p" }] })],
    ["a property twice", description({ properties: [property("p"), property("p")].map(plain) })],
    ["a weight of 0", description({ relations: [plain(relation("r", { weight: 0 }))] })],
    ["a weight that is NaN", description({ relations: [plain(relation("r", { weight: NaN }))] })],
    ["another kind of metric", description({ metrics: [{ ...plain(metric("m")), kind: "max" }] })],
    ["half a fixed case", description({ fixedCases: 0.5 })],
    ["fewer than no fixed cases", description({ fixedCases: -1 })],
    ["a flag that is no flag", description({ clusters: 1 })],
  ])("to describe is refused where it has not: %s", (_, reply) => {
    expect(() => parseDescription(reply)).toThrow(ReplyError);
  });

  test.each<[string, Value]>([
    ["null", null],
    ["an input that is no list", { input: 1, followUps: [] }],
    ["no follow-ups", { input: [] }],
    ["an unknown relation", { input: [], followUps: [{ relation: "unknown", input: [] }] }],
    ["a follow-up's input", { input: [], followUps: [{ relation: "r", input: {} }] }],
    ["a cluster of a task without", { input: [], followUps: [], cluster: "c" }],
    ["a group of a task without", { input: [], followUps: [], group: "g" }],
  ])("to plan is refused where it has not: %s", (_, reply) => {
    expect(() => parsePlan(reply, task)).toThrow(ReplyError);
    expect(() => parsePlans([reply], task, 1)).toThrow(ReplyError);
  });

  test.each<[string, { [key: string]: Value }]>([
    ["no cluster", { group: "g" }],
    ["no group", { cluster: "c" }],
    ["a cluster that is a number", { cluster: 1, group: "g" }],
  ])("to plan is refused where the task has keys and the case lacks one: %s", (_, keys) => {
    expect(() => parsePlan({ input: [], followUps: [], ...keys }, keyed)).toThrow(ReplyError);
  });

  test.each<[string, Value]>([
    ["a number", 7],
    ["a property that was checked", { ...sound, checked: ["p"] }],
    ["violations that are no list", { ...sound, violations: {} }],
    ["no warnings", { violations: [], checked: [], metrics: [1] }],
    ["a failure", { ...sound, violations: [{ kind: "failure", name: "p", message: "" }] }],
    ["a relation as a property", {
      ...sound,
      violations: [{ kind: "property", name: "r", message: "" }],
    }],
    ["a soft property that decides", {
      ...sound,
      violations: [{ kind: "property", name: "s", message: "" }],
    }],
    ["a hard property that only warns", {
      ...sound,
      warnings: [{ kind: "property", name: "p", message: "" }],
    }],
    ["a relation that only warns", {
      ...sound,
      warnings: [{ kind: "relation", name: "r", message: "" }],
    }],
    ["no message", { ...sound, violations: [{ kind: "relation", name: "r" }] }],
    ["a violation twice", {
      ...sound,
      violations: [
        { kind: "property", name: "p", message: "" },
        { kind: "property", name: "p", message: "" },
      ],
    }],
    ["too few metrics", { ...sound, metrics: [] }],
    ["too many metrics", { ...sound, metrics: [1, 2] }],
    ["a metric that is NaN", { ...sound, metrics: [NaN] }],
    ["a metric that is infinite", { ...sound, metrics: [Infinity] }],
    ["a metric that is a text", { ...sound, metrics: ["1"] }],
  ])("to judge is refused where it has not: %s", (_, reply) => {
    expect(() => parseJudgement(reply, task)).toThrow(ReplyError);
  });

  test.each<Value>([null, "one", [1], [null], { 0: "one" }])(
    "to format is refused where it has not: %j",
    (reply) => {
      expect(() => parseFormatted(reply)).toThrow(ReplyError);
    },
  );
});

/** A description's part as plain fields. */
function plain(fields: object): { [key: string]: Value } {
  return { ...fields };
}

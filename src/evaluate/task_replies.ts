import type { Value } from "../../sandbox/values/value.ts";
import { MOST_FOLLOW_UPS, MOST_KEY_CHARACTERS } from "../task/bounds.ts";
import type { Violation } from "./case_result.ts";
import {
  asFields,
  asList,
  asNumber,
  asOneOf,
  asOptionalText,
  asText,
  refuseRepeated,
  ReplyError,
} from "./reply_fields.ts";
import type { TaskDescription } from "./task_description.ts";

/** More than the driver gives: what goes beyond it is not the driver's. */
const MOST_MESSAGE_CHARACTERS = 1000;

/** A follow-up as its relation derived it. */
export interface FollowUpReply {
  relation: string;
  input: Value[];
}

/** One case as its task planned it. */
export interface PlanReply {
  input: Value[];
  followUps: FollowUpReply[];
  cluster?: string;
  group?: string;
}

/** What a task said of one arm's outputs in one case. */
export interface Judgement {
  violations: Violation[];
  warnings: Violation[];
  checked: string[];
  metrics: (number | null)[];
}

/**
 * Parses what `plan` gave.
 *
 * @throws {ReplyError}
 */
export function parsePlan(reply: Value, task: TaskDescription): PlanReply {
  const fields = asFields(reply, "a plan");
  const cluster = asKey(fields.cluster, "a cluster's key");
  const group = asKey(fields.group, "a group's name");
  if ((cluster === undefined) === task.clusters) throw new ReplyError("a plan lacks its cluster");
  if ((group === undefined) === task.groups) throw new ReplyError("a plan lacks its group");
  return {
    input: asList(fields.input, "the input"),
    followUps: parseFollowUps(fields.followUps, task),
    ...(cluster === undefined ? {} : { cluster }),
    ...(group === undefined ? {} : { group }),
  };
}

/** Keys are kept for as long as the run is: they must be short. */
function asKey(value: Value, what: string): string | undefined {
  const key = asOptionalText(value, what);
  if (key === undefined || key.length <= MOST_KEY_CHARACTERS) return key;
  throw new ReplyError(`${what} is longer than ${MOST_KEY_CHARACTERS} characters`);
}

/**
 * Parses what `shrink` gave.
 *
 * @param most How many plans it was asked for.
 * @throws {ReplyError}
 */
export function parsePlans(reply: Value, task: TaskDescription, most: number): PlanReply[] {
  const plans = asList(reply, "the plans");
  if (plans.length > most) throw new ReplyError(`the plans are more than ${most}`);
  return plans.map((plan) => parsePlan(plan, task));
}

/**
 * Parses a list of follow-ups, which is what `feedBack` gives.
 *
 * @throws {ReplyError}
 */
export function parseFollowUps(reply: Value, task: TaskDescription): FollowUpReply[] {
  const names = task.relations.map(({ name }) => name);
  const followUps = asList(reply, "the follow-ups").map((followUp) => {
    const { relation, input } = asFields(followUp, "a follow-up");
    return {
      relation: asOneOf(relation, names, "a follow-up's relation"),
      input: asList(input, "a follow-up's input"),
    };
  });
  refuseTooMany(followUps);
  return followUps;
}

/** Each follow-up is a call of each arm: a task must not make a case last for hours. */
function refuseTooMany(followUps: readonly FollowUpReply[]): void {
  const counts = new Map<string, number>();
  for (const { relation } of followUps) {
    const count = (counts.get(relation) ?? 0) + 1;
    if (count > MOST_FOLLOW_UPS) {
      throw new ReplyError(`the follow-ups of a relation are more than ${MOST_FOLLOW_UPS}`);
    }
    counts.set(relation, count);
  }
}

/**
 * Parses what `judge` gave.
 *
 * @throws {ReplyError}
 */
export function parseJudgement(reply: Value, task: TaskDescription): Judgement {
  const fields = asFields(reply, "a judgement");
  const relations = task.relations.map(({ name }) => name);
  const checked = asList(fields.checked, "the checked relations")
    .map((name) => asOneOf(name, relations, "a checked relation"));
  const metrics = asList(fields.metrics, "the metrics")
    .map((value) => value === null ? null : asNumber(value, "a metric"));
  if (metrics.length !== task.metrics.length) throw new ReplyError("the metrics are not all there");
  return {
    violations: parseViolations(fields.violations, task, "hard"),
    warnings: parseViolations(fields.warnings, task, "soft"),
    checked,
    metrics,
  };
}

function parseViolations(
  reply: Value,
  task: TaskDescription,
  severity: "hard" | "soft",
): Violation[] {
  const properties = task.properties.filter((property) => property.severity === severity)
    .map(({ name }) => name);
  const relations = severity === "hard" ? task.relations.map(({ name }) => name) : [];
  const violations = asList(reply, "the violations").map((violation): Violation => {
    const { kind, name, message } = asFields(violation, "a violation");
    const parsedKind = asOneOf(kind, ["property", "relation"], "a violation's kind");
    const known = parsedKind === "property" ? properties : relations;
    return {
      kind: parsedKind,
      name: asOneOf(name, known, "a violation's name"),
      message: asText(message, "a violation's message").slice(0, MOST_MESSAGE_CHARACTERS),
    };
  });
  refuseRepeated(violations.map(({ kind, name }) => `${kind} ${name}`), "the violations");
  return violations;
}

/**
 * Parses what `formatInputs` and `formatOutputs` give.
 *
 * @throws {ReplyError}
 */
export function parseFormatted(reply: Value): (string | undefined)[] {
  return asList(reply, "the formatted values")
    .map((text) => asOptionalText(text, "a formatted value"));
}

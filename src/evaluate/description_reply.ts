import type { Value } from "../../sandbox/values/value.ts";
import {
  asFields,
  asFlag,
  asList,
  asNumber,
  asOneOf,
  asText,
  type Fields,
  refuseRepeated,
  ReplyError,
} from "./reply_fields.ts";
import type {
  MetricDescription,
  PropertyDescription,
  RelationDescription,
  TaskDescription,
} from "./task_description.ts";

/**
 * Parses what `describe` gave: the task, or why it cannot be used.
 *
 * @throws {ReplyError}
 */
export function parseDescription(reply: Value): TaskDescription | { problem: string } {
  const fields = asFields(reply, "a description");
  if (fields.ok === false) return { problem: asText(fields.problem, "the problem") };
  return {
    name: asText(fields.name, "the name"),
    entry: asText(fields.entry, "the entry"),
    properties: named(fields.properties, "the properties", parseProperty),
    relations: named(fields.relations, "the relations", parseRelation),
    metrics: named(fields.metrics, "the metrics", parseMetric),
    fixedCases: asCount(fields.fixedCases, "the number of fixed cases"),
    generates: asFlag(fields.generates, "whether the task generates cases"),
    sameAsBaseline: asFlag(fields.sameAsBaseline, "whether outputs are the baseline's"),
    feedsBack: asFlag(fields.feedsBack, "whether outputs are fed back"),
    clusters: asFlag(fields.clusters, "whether there are clusters"),
    groups: asFlag(fields.groups, "whether there are groups"),
    formats: asFlag(fields.formats, "whether there are formats"),
  };
}

function named<T extends { name: string }>(
  value: Value,
  what: string,
  parse: (fields: Fields) => T,
): T[] {
  const items = asList(value, what).map((item) => parse(asFields(item, `one of ${what}`)));
  refuseRepeated(items.map(({ name }) => name), what);
  return items;
}

function parseProperty({ name, severity, description }: Fields): PropertyDescription {
  return {
    name: asText(name, "a property's name"),
    severity: asOneOf(severity, ["hard", "soft"], "a property's severity"),
    description: asText(description, "a property's description"),
  };
}

function parseRelation({ name, category, description, weight }: Fields): RelationDescription {
  const parsed = asNumber(weight, "a relation's weight");
  if (parsed <= 0) throw new ReplyError("a relation's weight is not above 0");
  return {
    name: asText(name, "a relation's name"),
    category: asText(category, "a relation's category"),
    description: asText(description, "a relation's description"),
    weight: parsed,
  };
}

function parseMetric(fields: Fields): MetricDescription {
  const { name, kind, direction, interval, description } = fields;
  return {
    name: asText(name, "a metric's name"),
    kind: asOneOf(kind, ["mean", "sum"], "a metric's kind"),
    direction: asOneOf(direction, ["higher", "lower"], "a metric's direction"),
    interval: asOneOf(interval, ["bca", "percentile", "basic", "t"], "a metric's interval"),
    description: asText(description, "a metric's description"),
  };
}

function asCount(value: Value, what: string): number {
  const count = asNumber(value, what);
  if (!Number.isSafeInteger(count) || count < 0) throw new ReplyError(`${what} is not a count`);
  return count;
}

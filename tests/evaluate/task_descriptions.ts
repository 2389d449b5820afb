import type {
  MetricDescription,
  PropertyDescription,
  RelationDescription,
  TaskDescription,
} from "../../src/evaluate/task_description.ts";

/** A property of a task. */
export function property(
  name: string,
  changes: Partial<PropertyDescription> = {},
): PropertyDescription {
  return { name, severity: "hard", description: "", ...changes };
}

/** A relation of a task. */
export function relation(
  name: string,
  changes: Partial<RelationDescription> = {},
): RelationDescription {
  return { name, category: "", description: "", weight: 1, ...changes };
}

/** A metric of a task. */
export function metric(name: string, changes: Partial<MetricDescription> = {}): MetricDescription {
  return {
    name,
    kind: "mean",
    direction: "higher",
    interval: "percentile",
    description: "",
    ...changes,
  };
}

/** A task as it describes itself: one that generates cases, with one property. */
export function taskDescription(changes: Partial<TaskDescription> = {}): TaskDescription {
  return {
    name: "top-k",
    entry: "topK",
    properties: [property("sorted")],
    relations: [],
    metrics: [],
    fixedCases: 0,
    generates: true,
    sameAsBaseline: false,
    feedsBack: false,
    clusters: false,
    groups: false,
    formats: false,
    ...changes,
  };
}

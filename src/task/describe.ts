import { TaskError } from "./fields.ts";
import type { ParsedTask } from "./parse.ts";
import { SAME_AS_BASELINE } from "./same_as_baseline.ts";

/** What a task says of itself; or why it cannot be used. */
export type DescribeReply =
  | {
    ok: true;
    name: string;
    entry: string;
    properties: { name: string; severity: string; description: string }[];
    relations: { name: string; category: string; description: string; weight: number }[];
    metrics: {
      name: string;
      kind: string;
      direction: string;
      interval: string;
      description: string;
    }[];
    /** Number of fixed cases, which come first. */
    fixedCases: number;
    /** Whether there are cases after the fixed ones. */
    generates: boolean;
    /** Whether the candidate's outputs must be the baseline's. */
    sameAsBaseline: boolean;
    /** Whether a relation derives its follow-up from the source's output. */
    feedsBack: boolean;
    clusters: boolean;
    groups: boolean;
    formats: boolean;
  }
  | { ok: false; problem: string };

/** Describes a task as plain data. */
export function describeTask(parsed: ParsedTask | TaskError): DescribeReply {
  if (parsed instanceof TaskError) return { ok: false, problem: parsed.message };
  const { name, entry, relations, metrics, inputs, cluster, group, format } = parsed;
  return {
    ok: true,
    name,
    entry,
    properties: describeProperties(parsed),
    relations: [...relations].map(([name, { category, description, weight }]) => ({
      name,
      category,
      description,
      weight,
    })),
    metrics: [...metrics].map(([name, { kind, direction, interval, description }]) => ({
      name,
      kind,
      direction,
      interval,
      description,
    })),
    fixedCases: inputs.fixed.length,
    generates: inputs.generator !== undefined,
    sameAsBaseline: parsed.sameAsBaseline,
    feedsBack: [...relations.values()].some(({ derive }) => derive.from === "output"),
    clusters: cluster !== undefined,
    groups: group !== undefined,
    formats: format.input !== undefined || format.output !== undefined,
  };
}

function describeProperties({ properties, sameAsBaseline }: ParsedTask) {
  const described = [...properties].map(([name, { severity, description }]) => ({
    name,
    severity: `${severity}`,
    description,
  }));
  if (sameAsBaseline) described.push({ name: SAME_AS_BASELINE, severity: "hard", description: "" });
  return described;
}

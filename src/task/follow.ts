import { MOST_FOLLOW_UPS } from "./bounds.ts";
import { copyList, copyValue } from "./copy.ts";
import { asArguments } from "./draw.ts";
import { isRecord, quote, TaskError } from "./fields.ts";
import type { ParsedTask } from "./parse.ts";
import type { ParsedRelation } from "./parse_relation.ts";
import { thrownText } from "./preview.ts";
import { Random } from "./random.ts";
import { type CaseSeed, Stream, streamSeed } from "./stream.ts";

/** A follow-up that a relation derives. */
export interface FollowUpPlan {
  relation: string;
  input: unknown[];
}

/** What a follow-up is derived from: the input alone, or also what an arm answered to it. */
export type Source = { input: unknown[] } | { input: unknown[]; output: unknown };

/** The follow-ups of all relations that derive theirs from such a source, in the task's order. */
export function deriveFollowUps(task: ParsedTask, source: Source, lanes: CaseSeed): FollowUpPlan[] {
  const wanted = "output" in source ? "output" : "input";
  const plans: FollowUpPlan[] = [];
  for (const [relation, parsed] of task.relations) {
    if (parsed.derive.from !== wanted) continue;
    for (const input of derive(relation, parsed, source, lanes)) plans.push({ relation, input });
  }
  return plans;
}

function derive(
  name: string,
  { derive, purpose }: ParsedRelation,
  source: Source,
  lanes: CaseSeed,
): unknown[][] {
  const random = new Random(new Stream(streamSeed(lanes, purpose)));
  const field = derive.from === "input" ? "transform" : "feedBack";
  const label = `\`${field}\` of relation ${quote(name)}`;
  const input = copyList(source.input);
  let derived: unknown;
  try {
    derived = derive.from === "input"
      ? derive.by(input, random)
      : derive.by("output" in source ? copyValue(source.output) : undefined, input, random);
  } catch (error) {
    throw new TaskError(`${label} threw ${thrownText(error)}`);
  }
  return listOf(derived, label);
}

function listOf(derived: unknown, label: string): unknown[][] {
  if (derived === undefined) return [];
  if (!isRecord(derived) || !Array.isArray(derived.followUps)) {
    return [asArguments(derived, `what ${label} returns`)];
  }
  const { followUps } = derived;
  if (followUps.length > MOST_FOLLOW_UPS) {
    throw new TaskError(
      `what ${label} returns must be at most ${MOST_FOLLOW_UPS} follow-ups: ` +
        `current value is ${followUps.length}`,
    );
  }
  return followUps.map((followUp) => asArguments(followUp, `a follow-up that ${label} returns`));
}

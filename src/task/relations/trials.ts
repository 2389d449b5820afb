import { draw } from "../draw.ts";
import { deepEqual } from "../equality.ts";
import { isRecord, TaskError } from "../fields.ts";
import { parseTask } from "../parse.ts";
import type { ParsedInputs } from "../parse_inputs.ts";
import { caseSeed } from "../stream.ts";
import type { AnyRelation } from "./any_relation.ts";
import { instancesFor } from "./instances.ts";
import { partsOf } from "./parts.ts";

/** Cases from which is learnt what the arguments look like. */
const SAMPLED = 20;

/** More instances would take long, and nobody would read what comes of them. */
const MOST_INSTANCES = 150;

/**
 * A task with every relation of the library that may fit its inputs in place of its own relations, each
 * named by the code that makes it. `cupel relations suggest` runs the baseline against them.
 *
 * They apply only where the follow-up is another input than the source: whatever holds is worth
 * something. What is no task is given back as it is, for the driver to say what is wrong.
 */
export function withTrials(definition: unknown): unknown {
  const inputs = inputsOf(definition);
  if (inputs === undefined || !isRecord(definition)) return definition;
  const instances = instancesFor(partsOf(sample(inputs))).slice(0, MOST_INSTANCES);
  const trials = instances.map(({ code, relation }) => [code, whereItChanges(relation)]);
  return { ...definition, relations: Object.fromEntries(trials) };
}

function inputsOf(definition: unknown): ParsedInputs | undefined {
  try {
    return parseTask(definition).inputs;
  } catch (error) {
    if (error instanceof TaskError) return undefined;
    throw error;
  }
}

function sample(inputs: ParsedInputs): unknown[][] {
  const { fixed, generator } = inputs;
  const there = generator === undefined ? Math.min(SAMPLED, fixed.length) : SAMPLED;
  return Array.from({ length: there }, (_, index) => draw(inputs, caseSeed(0, index), index).input);
}

/** The same relation, but where it would give the source input again, it does not apply. */
function whereItChanges(relation: AnyRelation): AnyRelation {
  const { transform, feedBack } = relation;
  if (transform !== undefined) {
    return {
      ...relation,
      transform: (input, random) => unlessSame(input, transform(input, random)),
    };
  }
  if (feedBack === undefined) return relation;
  return {
    ...relation,
    feedBack: (output, input, random) => unlessSame(input, feedBack(output, input, random)),
  };
}

function unlessSame<Input, FollowUp>(input: Input, followUp: FollowUp): FollowUp | undefined {
  return deepEqual(input, followUp) ? undefined : followUp;
}

import { cases, defineTask, type Relation } from "../../../src/task/mod.ts";
import { drive } from "../../../src/task/driver.ts";
import type { AnyRelation } from "../../../src/task/relations/mod.ts";

/** What the driver makes of one relation and one program. */
export interface Judged {
  /** The follow-up inputs, of all inputs together. */
  followUps: unknown[][];
  /** Inputs that it applied to. */
  applied: number;
  /** Messages of those in which it did not hold. */
  broken: string[];
}

type Program = (...input: never[]) => unknown;

/** Judges a program by one relation on given inputs, as a run does. */
export function judge(
  relation: AnyRelation | Relation<readonly unknown[], unknown>,
  inputs: readonly (readonly unknown[])[],
  solve: Program,
  equivalence?: (left: unknown, right: unknown) => boolean,
): Judged {
  const driver = drive(defineTask({
    name: "one relation",
    inputs: cases(inputs),
    properties: { "anything goes": (_output: unknown) => true },
    relations: { relation },
    ...(equivalence === undefined ? {} : { equivalence }),
  }));
  const ask = (input: unknown[]) => solve(...structuredClone(input) as never[]);
  const judged: Judged = { followUps: [], applied: 0, broken: [] };
  for (const [index] of inputs.entries()) {
    const { input, followUps } = driver.plan(7, index);
    const output = ask(input);
    const all = [...followUps, ...driver.feedBack(7, index, input, output)];
    const answered = all.map((followUp) => ({ ...followUp, output: ask(followUp.input) }));
    const { violations } = driver.judge(input, output, answered);
    judged.followUps.push(...all.map((followUp) => followUp.input));
    if (all.length > 0) judged.applied++;
    judged.broken.push(...violations.map(({ message }) => message));
  }
  return judged;
}

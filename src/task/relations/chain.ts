import type { FollowUp, Judgement } from "../define.ts";
import type { Random } from "../random.ts";
import type { AnyRelation, Expectation, OutputMap } from "./any_relation.ts";

/** A relation to chain: one of the library, or a task's own with its parameters annotated. */
export interface Link {
  transform?: (input: never, random: Random) => FollowUp<readonly unknown[]>;
  feedBack?: (output: never, input: never, random: Random) => unknown;
  expect?:
    | "equal"
    | "notEqual"
    | "propertiesHold"
    | ((source: never, followUp: never, sourceInput: never, followUpInput: never) => Judgement);
  output?: OutputMap;
  category?: string;
  description?: string;
  weight?: number;
}

/**
 * One relation made of several: their transforms in turn, and what their outputs must follow in turn.
 * It does not apply as soon as one of them does not.
 *
 * All but the last one must expect `"equal"` outputs. Functions that map outputs get the source's input
 * and the last follow-up's: those in between are not kept.
 *
 * @throws {TypeError} For fewer than two relations, for one that feeds outputs back, and for one before
 * the last that expects something else than `"equal"`.
 *
 * @example
 * ```ts
 * chain(permutation(), scaling({ factor: 4, output: "scaled" }));
 * ```
 */
export function chain(...relations: readonly Link[]): AnyRelation {
  const last = relations.at(-1);
  if (last === undefined || relations.length < 2) {
    throw new TypeError(
      `Cannot chain relations as there must be at least two: current value is ${relations.length}`,
    );
  }
  const transforms = relations.map(transformOf);
  const before = relations.slice(0, -1);
  for (const relation of before) checkExpectsEqual(relation);
  return {
    category: "composition",
    description: relations.map(nameOf).join("; then "),
    weight: 1,
    transform: (input, random) => transformInTurn(transforms, input, random),
    ...compareInTurn(before, last),
  };
}

type Args = readonly unknown[];
type Transform = NonNullable<Link["transform"]>;

function nameOf({ description, category }: Link): string {
  return description ?? category ?? "an own relation";
}

function transformOf(relation: Link): Transform {
  if (relation.transform !== undefined) return relation.transform;
  throw new TypeError(
    `Cannot chain "${nameOf(relation)}" as it must have a transform: it feeds outputs back`,
  );
}

function checkExpectsEqual(relation: Link): void {
  const { expect = "equal" } = relation;
  if (expect === "equal") return;
  throw new TypeError(
    `Cannot chain "${
      nameOf(relation)
    }" before others as it must expect "equal": current value is ` +
      (typeof expect === "string" ? `"${expect}"` : "a function"),
  );
}

function transformInTurn<A extends Args>(
  transforms: readonly Transform[],
  input: A,
  random: Random,
): FollowUp<A> {
  let inputs: Args[] = [input];
  let isSeveral = false;
  for (const transform of transforms) {
    const next: Args[] = [];
    for (const each of inputs) {
      const derived = transform(each as never, random);
      if (derived === undefined) return undefined;
      const isOne = !("followUps" in derived);
      isSeveral ||= !isOne;
      next.push(...(isOne ? [derived] : derived.followUps));
    }
    inputs = next;
  }
  // Each transform gives arguments of the kind that it got.
  const followUps = inputs as A[];
  return isSeveral ? { followUps } : followUps[0];
}

/** What the last relation expects, of a source output that has gone through what the others say. */
function compareInTurn(
  before: readonly Link[],
  last: Link,
): Pick<AnyRelation, "expect" | "output"> {
  const { expect = "equal" } = last;
  const earlier = before.flatMap(({ output }) => output ?? []);
  if (typeof expect === "function") {
    const inTurn: Expectation = (source, followUp, a, b) =>
      expect(follow(earlier, source, a, b), followUp as never, a as never, b as never);
    return { expect: inTurn };
  }
  const all = last.output === undefined ? earlier : [...earlier, last.output];
  if (expect === "propertiesHold" || all.length === 0) return { expect };
  return { expect, output: (source, a, b) => follow(all, source, a, b) };
}

function follow(maps: readonly OutputMap[], source: unknown, a: Args, b: Args): never {
  let output = source;
  for (const map of maps) output = map(output as never, a as never, b as never);
  // It is compared with an output, whatever it is.
  return output as never;
}

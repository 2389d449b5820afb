import type { FollowUp, Relation } from "../define.ts";
import type { Random } from "../random.ts";

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
export function chain<Args extends readonly unknown[], Output>(
  ...relations: readonly Relation<Args, Output>[]
): Relation<Args, Output> {
  const last = relations.at(-1);
  if (last === undefined || relations.length < 2) {
    throw new TypeError(
      `Cannot chain relations as there must be at least two: current value is ${relations.length}`,
    );
  }
  const before = relations.slice(0, -1);
  const transforms = relations.map(transformOf);
  for (const relation of before) checkExpectsEqual(relation);
  const maps = relations.flatMap(({ output }) => output ?? []);
  return {
    category: "composition",
    description: relations.map(({ description = "a relation" }) => description).join("; then "),
    weight: 1,
    transform: (input, random) => transformInTurn(transforms, input, random),
    ...expectInTurn(last, before, maps),
  };
}

type Transform<Args extends readonly unknown[]> = (input: Args, random: Random) => FollowUp<Args>;

function transformOf<Args extends readonly unknown[], Output>(
  { transform, description }: Relation<Args, Output>,
): Transform<Args> {
  if (transform !== undefined) return transform;
  throw new TypeError(
    `Cannot chain "${
      description ?? "a relation"
    }" as it must have a transform: it feeds outputs back`,
  );
}

function checkExpectsEqual<Args extends readonly unknown[], Output>(
  { expect = "equal", description }: Relation<Args, Output>,
): void {
  if (expect === "equal") return;
  throw new TypeError(
    `Cannot chain "${description ?? "a relation"}" before others as it must expect "equal": ` +
      `current value is ${typeof expect === "string" ? `"${expect}"` : "a function"}`,
  );
}

function transformInTurn<Args extends readonly unknown[]>(
  transforms: readonly Transform<Args>[],
  input: Args,
  random: Random,
): FollowUp<Args> {
  let inputs: Args[] = [input];
  let isSeveral = false;
  for (const transform of transforms) {
    const next: Args[] = [];
    for (const each of inputs) {
      const derived = transform(each, random);
      if (derived === undefined) return undefined;
      if ("followUps" in derived) {
        isSeveral = true;
        next.push(...derived.followUps);
      } else {
        next.push(derived);
      }
    }
    inputs = next;
  }
  return isSeveral ? { followUps: inputs } : inputs[0];
}

type OutputMap<Args extends readonly unknown[], Output> = NonNullable<
  Relation<Args, Output>["output"]
>;

/** What the last relation expects, of a source output that has gone through what the others say. */
function expectInTurn<Args extends readonly unknown[], Output>(
  last: Relation<Args, Output>,
  before: readonly Relation<Args, Output>[],
  maps: readonly OutputMap<Args, Output>[],
): Pick<Relation<Args, Output>, "expect" | "output"> {
  const { expect = "equal" } = last;
  const followAll = (all: readonly OutputMap<Args, Output>[], source: Output, a: Args, b: Args) =>
    all.reduce((output, map) => map(output, a, b), source);
  if (typeof expect === "function") {
    const own = before.flatMap(({ output }) => output ?? []);
    return {
      expect: (source, followUp, a, b) => expect(followAll(own, source, a, b), followUp, a, b),
    };
  }
  if (expect === "propertiesHold" || maps.length === 0) return { expect };
  return { expect, output: (source, a, b) => followAll(maps, source, a, b) };
}

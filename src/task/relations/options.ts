import type { Relation } from "../define.ts";
import type { At } from "./part.ts";

/** What every relation of the library takes. */
export interface RelationOptions<Args extends readonly unknown[], Output> {
  /** The part of the arguments that is changed: the first argument, if left out. */
  at?: At;
  /** What the outputs are to each other; see `expect` of a relation. `"equal"` by default. */
  expect?: Relation<Args, Output>["expect"];
  /** What it says, in place of the library's own sentence. */
  description?: string;
  /** How much it counts against the others, above 0; 1 by default. */
  weight?: number;
}

/** How the output follows by a function: what to compare the follow-up's output with. */
export type OutputMap<Args extends readonly unknown[], Output> = NonNullable<
  Relation<Args, Output>["output"]
>;

/** The fields that say what a relation is, filled in where the options leave them out. */
export function describe<Args extends readonly unknown[], Output>(
  category: string,
  description: string,
  options: RelationOptions<Args, Output>,
): Pick<Relation<Args, Output>, "category" | "description" | "weight" | "expect"> {
  return {
    category,
    description: options.description ?? description,
    weight: options.weight ?? 1,
    expect: options.expect ?? "equal",
  };
}

/** An argument's name in a description: `argument 1`, `argument 1 at items.0.price`. */
export function nameOf(at: At): string {
  if (typeof at === "number") return `argument ${at + 1}`;
  const [argument, ...steps] = at;
  const name = `argument ${argument + 1}`;
  return steps.length === 0 ? name : `${name} at ${steps.join(".")}`;
}

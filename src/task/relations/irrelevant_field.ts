import type { AnyRelation, OutputMap } from "./any_relation.ts";
import type { Random } from "../random.ts";
import {
  checkOptions,
  compare,
  type ComparingOptions,
  describe,
  nameOf,
  whatFollows,
} from "./options.ts";
import { changePart, isPlainObject, withField } from "./part.ts";

/** What {@linkcode irrelevantField} takes. */
export interface IrrelevantFieldOptions extends ComparingOptions {
  /** The field that must not matter: `"irrelevant"` by default. */
  field?: string;
  /** What it is set to: one of these, another than it has. `null`, 0, 1 and `"?"` by default. */
  values?: readonly (string | number | boolean | null)[];
  /** How the output follows by a function; without one it stays the same. */
  output?: OutputMap;
}

/**
 * Sets a field of an object that must not matter, or adds it. `at` names the object: `[0, "*"]` stands
 * for every object of a list. It does not apply to what is no plain object.
 */
export function irrelevantField(options: IrrelevantFieldOptions = {}): AnyRelation {
  checkOptions("irrelevantField", options, ["field", "values", "output", "expect"]);
  const { at = 0, field = "irrelevant", values = [null, 0, 1, "?"], output } = options;
  const set = (part: unknown, random: Random) => {
    if (!isPlainObject(part)) return undefined;
    const others = Object.hasOwn(part, field)
      ? values.filter((value) => !Object.is(value, part[field]))
      : values;
    return others.length === 0 ? undefined : withField(part, field, random.pick(others));
  };
  return {
    ...describe(
      "irrelevant field",
      `setting ${JSON.stringify(field)} of ${nameOf(at)}: ${whatFollows(output)}`,
      options,
    ),
    ...compare(options, output),
    transform: (input, random) => changePart(input, at, (part) => set(part, random)),
  };
}

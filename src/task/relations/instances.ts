import type { AnyRelation } from "./any_relation.ts";
import { caseFolding } from "./case_folding.ts";
import { duplication } from "./duplication.ts";
import { idempotence } from "./idempotence.ts";
import { inverse } from "./inverse.ts";
import { irrelevantField } from "./irrelevant_field.ts";
import { monotonicity } from "./monotonicity.ts";
import type { At } from "./part.ts";
import type { Part, PartKind } from "./parts.ts";
import { permutation } from "./permutation.ts";
import { scaling } from "./scaling.ts";
import { shifting } from "./shifting.ts";
import { whitespace } from "./whitespace.ts";

/** A relation with the code that makes it. */
export interface Instance {
  /** Such as `permutation({ at: 1 })`. */
  code: string;
  relation: AnyRelation;
}

type Options = Readonly<Record<string, unknown>>;

/** A relation with some of its options, and the kinds of parts that it may fit. */
interface Template {
  fits: PartKind;
  name: string;
  options: Options;
  make(at: At): AnyRelation;
}

function template<const O extends Options>(
  fits: PartKind,
  name: string,
  make: (options: O & { at: At }) => AnyRelation,
  options: O,
): Template {
  return { fits, name, options, make: (at) => make({ ...options, at }) };
}

const TEMPLATES: readonly Template[] = [
  template("list", "permutation", permutation, {}),
  template("list", "permutation", permutation, { output: "permuted" }),
  template("list", "duplication", duplication, {}),
  template("list", "duplication", duplication, { of: "whole" }),
  template("list", "duplication", duplication, { of: "whole", output: "doubled" }),
  template("numbers", "scaling", scaling, {}),
  template("numbers", "scaling", scaling, { output: "scaled" }),
  template("numbers", "scaling", scaling, { factor: -1 }),
  template("numbers", "scaling", scaling, { factor: -1, output: "scaled" }),
  template("numbers", "shifting", shifting, { by: 1000 }),
  template("numbers", "shifting", shifting, { by: 1000, output: "shifted" }),
  template("texts", "caseFolding", caseFolding, {}),
  template("texts", "caseFolding", caseFolding, { output: "folded" }),
  template("texts", "whitespace", whitespace, { where: "ends" }),
  template("texts", "whitespace", whitespace, { where: "gaps" }),
  template("object", "irrelevantField", irrelevantField, {}),
  template("argument", "idempotence", idempotence, {}),
  template("argument", "inverse", inverse, {}),
  template("number", "monotonicity", monotonicity, {}),
  template("number", "monotonicity", monotonicity, { direction: "down" }),
  template("list", "monotonicity", monotonicity, {}),
  template("list", "monotonicity", monotonicity, { direction: "down" }),
];

/** Every relation of the library that may fit some part of the arguments. */
export function instancesFor(parts: readonly Part[]): Instance[] {
  return parts.flatMap(({ at, kinds }) =>
    TEMPLATES.filter(({ fits }) => kinds.has(fits)).map(({ name, options, make }) => ({
      code: codeOf(name, at, options),
      relation: make(at),
    }))
  );
}

/** The first argument is what a relation changes if it is not told where. */
function codeOf(name: string, at: At, options: Options): string {
  const given = Object.entries(at === 0 ? options : { at, ...options });
  if (given.length === 0) return `${name}()`;
  return `${name}({ ${given.map(([key, value]) => `${key}: ${literal(value)}`).join(", ")} })`;
}

function literal(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : JSON.stringify(value);
}

import type { Definition, TypeDefinition } from "../binary/definitions.ts";
import type { FunctionType } from "../types.ts";

/** Steps that a definition takes each time that it is gone through: one, and one for each of its parts. */
export function stepsOf(definition: Definition): number {
  switch (definition.kind) {
    case "core instantiate":
    case "instantiate":
      return 1 + definition.args.length;
    case "core exports":
    case "exports":
      return 1 + definition.exports.length;
    case "type":
      return 1 + partsOf(definition.type);
  }
  return 1;
}

/** Closures and options are made for each function that is lifted or lowered. */
const STEPS_OF_CANON = 4;

/** Steps that lifting or lowering a function takes: its parameters are looked through. */
export function stepsOfCanon(type: FunctionType): number {
  return STEPS_OF_CANON + type.params.length;
}

function partsOf(type: TypeDefinition): number {
  switch (type.kind) {
    case "record":
      return type.fields.length;
    case "tuple":
      return type.items.length;
    case "variant":
      return type.cases.length;
    case "function":
      return type.params.length;
  }
  return 0;
}

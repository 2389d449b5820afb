import type { Definition, TypeDefinition } from "../binary/definitions.ts";

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

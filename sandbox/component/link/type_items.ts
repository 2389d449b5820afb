import type { NamedUse, TypeDefinition, TypeUse } from "../binary/definitions.ts";
import { malformed, unsupported } from "../errors.ts";
import type { FunctionType, NamedType, Primitive, ResourceType, ValueType } from "../types.ts";
import { PRIMITIVES } from "../types.ts";
import type { Scope, TypeItem } from "./scope.ts";
import { checkSize, holdsBorrow } from "./type_size.ts";

const primitives = new Map<Primitive, ValueType>(PRIMITIVES.map((kind) => [kind, { kind }]));

/** A primitive type; there is one object for each. */
export function primitiveType(kind: Primitive): ValueType {
  return primitives.get(kind) ?? { kind };
}

/** Makes types of their definitions, with what the indices in them stand for in a scope. */
export class TypeMaker {
  readonly #scope: Scope;
  readonly #offset: number;

  constructor(scope: Scope, offset: number) {
    this.#scope = scope;
    this.#offset = offset;
  }

  /** @throws ComponentFormatError where an index stands for another kind of type, or a type is too large. */
  make(definition: Exclude<TypeDefinition, { kind: "resource" }>): TypeItem {
    switch (definition.kind) {
      case "instance":
      case "component":
        return {
          kind: definition.kind,
          declarations: definition.declarations,
          scope: this.#scope,
        };
      case "function":
        return { kind: "function", type: this.#function(definition.params, definition.result) };
    }
    const type = this.#value(definition);
    checkSize(type, this.#offset);
    return { kind: "value", type };
  }

  #function(params: readonly NamedUse[], result: TypeUse | null): FunctionType {
    const type = { params: this.#named(params), result: this.#optional(result) };
    checkSize({ kind: "record", fields: type.params }, this.#offset);
    if (type.result !== null && holdsBorrow(type.result)) {
      throw malformed("a function gives a borrowed handle as its result", this.#offset);
    }
    return type;
  }

  #value(
    definition: Exclude<
      TypeDefinition,
      { kind: "instance" | "component" | "function" | "resource" }
    >,
  ): ValueType {
    switch (definition.kind) {
      case "primitive":
        return primitiveType(definition.primitive);
      case "list":
        return { kind: "list", element: this.#use(definition.element) };
      case "record":
        return { kind: "record", fields: this.#named(definition.fields) };
      case "tuple":
        return { kind: "tuple", items: definition.items.map((item) => this.#use(item)) };
      case "variant": {
        const { cases } = definition;
        return {
          kind: "variant",
          cases: cases.map(({ name, type }) => ({ name, type: this.#optional(type) })),
        };
      }
      case "enum":
      case "flags":
        return { kind: definition.kind, names: definition.names };
      case "option":
        return { kind: "option", some: this.#use(definition.some) };
      case "result": {
        const { ok, err } = definition;
        return { kind: "result", ok: this.#optional(ok), err: this.#optional(err) };
      }
      case "own":
      case "borrow":
        return { kind: definition.kind, resource: this.resource(definition.resource) };
    }
  }

  #use(use: TypeUse): ValueType {
    if (typeof use === "string") return primitiveType(use);
    const item = this.#scope.get("type", use, this.#offset);
    if (item.kind !== "value") throw malformed(`type ${use} is no type of values`, this.#offset);
    return item.type;
  }

  #optional(use: TypeUse | null): ValueType | null {
    return use === null ? null : this.#use(use);
  }

  #named(uses: readonly NamedUse[]): NamedType[] {
    return uses.map(({ name, type }) => ({ name, type: this.#use(type) }));
  }

  /** The resource that a type index stands for. */
  resource(index: number): ResourceType {
    const item = this.#scope.get("type", index, this.#offset);
    if (item.kind !== "resource") throw malformed(`type ${index} is no resource`, this.#offset);
    return item.resource;
  }

  /** The type of functions that a type index stands for. */
  function(index: number): FunctionType {
    const item = this.#scope.get("type", index, this.#offset);
    if (item.kind !== "function") {
      throw malformed(`type ${index} is no type of functions`, this.#offset);
    }
    return item.type;
  }

  /** The type of instances that a type index stands for. */
  instance(index: number): Extract<TypeItem, { kind: "instance" | "component" }> {
    const item = this.#scope.get("type", index, this.#offset);
    if (item.kind === "component") throw unsupported("imports of components", this.#offset);
    if (item.kind !== "instance") {
      throw malformed(`type ${index} is no type of instances`, this.#offset);
    }
    return item;
  }
}

import type { FunctionType, NamedType, ValueType } from "./types.ts";

/** Most characters of a type in a text; what goes beyond is cut. */
const MOST_CHARACTERS = 10_000;

/** Names of types that are printed by their name. */
export type TypeNames = ReadonlyMap<ValueType, string>;

const NO_NAMES: TypeNames = new Map();

/** A type as WIT has it; types that have a name in `names` by that, others in full. */
export function typeText(type: ValueType, names: TypeNames = NO_NAMES): string {
  const printer = new Printer(names);
  printer.type(type);
  return printer.text;
}

/**
 * A function's type as WIT has it: `func(values: list<s32>, k: u32) -> list<s32>`.
 *
 * @param most characters after which it is cut.
 */
export function functionText(
  type: FunctionType,
  names: TypeNames = NO_NAMES,
  most: number = MOST_CHARACTERS,
): string {
  const printer = new Printer(names, most);
  printer.add("func(");
  printer.named(type.params);
  printer.add(")");
  if (type.result !== null) {
    printer.add(" -> ");
    printer.type(type.result);
  }
  return printer.text;
}

/** A type's definition as WIT has it, though it has a name itself: `record { x: u32 }`. */
export function definitionText(type: ValueType, names: TypeNames = NO_NAMES): string {
  const printer = new Printer(names);
  printer.definition(type);
  return printer.text;
}

class Printer {
  readonly #names: TypeNames;
  readonly #most: number;
  text = "";

  constructor(names: TypeNames, most: number = MOST_CHARACTERS) {
    this.#names = names;
    this.#most = most;
  }

  get #isFull(): boolean {
    return this.text.length >= this.#most;
  }

  add(text: string): void {
    if (!this.#isFull) this.text += text;
    else if (!this.text.endsWith("…")) this.text += "…";
  }

  type(type: ValueType): void {
    const name = this.#names.get(type);
    if (name !== undefined) this.add(name);
    else this.definition(type);
  }

  definition(type: ValueType): void {
    if (this.#isFull) return this.add("…");
    switch (type.kind) {
      case "list":
        return this.#generic("list", [type.element]);
      case "option":
        return this.#generic("option", [type.some]);
      case "tuple":
        return this.#generic("tuple", type.items);
      case "result":
        return this.#result(type.ok, type.err);
      case "own":
        return this.add(type.resource.name);
      case "borrow":
        return this.add(`borrow<${type.resource.name}>`);
      case "enum":
      case "flags":
        this.add(`${type.kind} { `);
        this.#separated(type.names, (name) => this.add(name));
        return this.add(" }");
      case "record":
        this.add("record { ");
        this.named(type.fields);
        return this.add(" }");
      case "variant":
        return this.#variant(type.cases);
    }
    this.add(type.kind);
  }

  named(all: readonly NamedType[]): void {
    this.#separated(all, ({ name, type }) => {
      this.add(`${name}: `);
      this.type(type);
    });
  }

  #variant(cases: readonly { name: string; type: ValueType | null }[]): void {
    this.add("variant { ");
    this.#separated(cases, ({ name, type }) => {
      this.add(name);
      if (type === null) return;
      this.add("(");
      this.type(type);
      this.add(")");
    });
    this.add(" }");
  }

  #result(ok: ValueType | null, err: ValueType | null): void {
    if (err !== null) {
      this.add("result<");
      if (ok === null) this.add("_");
      else this.type(ok);
      this.add(", ");
      this.type(err);
      return this.add(">");
    }
    if (ok === null) return this.add("result");
    this.#generic("result", [ok]);
  }

  #generic(name: string, types: readonly ValueType[]): void {
    this.add(`${name}<`);
    this.#separated(types, (type) => this.type(type));
    this.add(">");
  }

  #separated<T>(all: readonly T[], print: (one: T) => void): void {
    for (const [at, one] of all.entries()) {
      if (at > 0) this.add(", ");
      if (this.#isFull) return;
      print(one);
    }
  }
}

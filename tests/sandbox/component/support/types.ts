import * as fc from "fast-check";
import { PRIMITIVES } from "../../../../sandbox/component/types.ts";
import {
  type ComponentValue,
  type NamedType,
  Tagged,
  type ValueType,
} from "../../../../sandbox/component/mod.ts";

/** A type in the text format. */
export function wat(type: ValueType): string {
  switch (type.kind) {
    case "list":
      return `(list ${wat(type.element)})`;
    case "record":
      return `(record ${type.fields.map((f) => `(field "${f.name}" ${wat(f.type)})`).join(" ")})`;
    case "tuple":
      return `(tuple ${type.items.map(wat).join(" ")})`;
    case "variant":
      return `(variant ${
        type.cases.map(({ name, type }) => `(case "${name}"${type ? ` ${wat(type)}` : ""})`)
          .join(" ")
      })`;
    case "enum":
    case "flags":
      return `(${type.kind} ${type.names.map((name) => `"${name}"`).join(" ")})`;
    case "option":
      return `(option ${wat(type.some)})`;
    case "result":
      return `(result ${type.ok ? wat(type.ok) : ""} ${
        type.err ? `(error ${wat(type.err)})` : ""
      })`;
    case "own":
    case "borrow":
      throw new TypeError("no handles");
  }
  return type.kind;
}

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `name-${index}`);

const primitive = fc.constantFrom(...PRIMITIVES).map((kind): ValueType => ({ kind }));

/** Types of values without handles. */
export const types: fc.Arbitrary<ValueType> = fc.letrec<{ type: ValueType }>((tie) => {
  const type = tie("type");
  const maybe = fc.option(type, { nil: null });
  const some = { minLength: 1, maxLength: 5 };
  return {
    type: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      primitive,
      fc.integer({ min: 1, max: 32 }).map((n): ValueType => ({ kind: "flags", names: names(n) })),
      fc.constantFrom(1, 3, 256, 257).map((n): ValueType => ({ kind: "enum", names: names(n) })),
      type.map((element): ValueType => ({ kind: "list", element })),
      type.map((some): ValueType => ({ kind: "option", some })),
      fc.array(type, some).map((items): ValueType => ({ kind: "tuple", items })),
      fc.array(type, some).map((all): ValueType => ({ kind: "record", fields: named(all) })),
      fc.array(maybe, some).map((all): ValueType => ({
        kind: "variant",
        cases: all.map((type, index) => ({ name: `case-${index}`, type })),
      })),
      fc.tuple(maybe, maybe).map(([ok, err]): ValueType => ({ kind: "result", ok, err })),
    ),
  };
}).type;

function named(all: ValueType[]): NamedType[] {
  return all.map((type, index) => ({ name: `field-${index}`, type }));
}

/** Values of a type. */
export function values(type: ValueType): fc.Arbitrary<ComponentValue> {
  switch (type.kind) {
    case "bool":
      return fc.boolean();
    case "s8":
      return fc.integer({ min: -128, max: 127 });
    case "u8":
      return fc.integer({ min: 0, max: 255 });
    case "s16":
      return fc.integer({ min: -32768, max: 32767 });
    case "u16":
      return fc.integer({ min: 0, max: 65535 });
    case "s32":
      return fc.integer();
    case "u32":
      return fc.integer({ min: 0, max: 2 ** 32 - 1 });
    case "s64":
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case "u64":
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case "f32":
      return fc.float();
    case "f64":
      return fc.double();
    case "char":
      return fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
    case "string":
      return fc.string({ unit: "binary" });
    case "enum":
      return fc.constantFrom(...type.names);
    case "flags":
      return fc.subarray([...type.names]);
    case "list":
      if (type.element.kind === "u8") return fc.uint8Array();
      return fc.array(values(type.element), { maxLength: 5 });
    case "tuple":
      return fc.tuple(...type.items.map(values));
    case "record":
      return fc.tuple(...type.fields.map((field) => values(field.type))).map((all) =>
        Object.fromEntries(type.fields.map(({ name }, at) => [name, all[at] ?? 0]))
      );
    case "option":
      return tagged([{ name: "none", type: null }, { name: "some", type: type.some }]);
    case "result":
      return tagged([{ name: "ok", type: type.ok }, { name: "err", type: type.err }]);
    case "variant":
      return tagged(type.cases);
    case "own":
    case "borrow":
      throw new TypeError("no handles");
  }
}

function tagged(
  cases: readonly { name: string; type: ValueType | null }[],
): fc.Arbitrary<ComponentValue> {
  return fc.oneof(
    ...cases.map(({ name, type }) =>
      type === null
        ? fc.constant(new Tagged(name))
        : values(type).map((value) => new Tagged(name, value))
    ),
  );
}

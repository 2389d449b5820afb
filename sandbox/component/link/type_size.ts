import { unsupported } from "../errors.ts";
import type { ValueType } from "../types.ts";

/** How deep a type may be: values are carried by functions that call themselves as deep. */
const MOST_DEPTH = 100;

/** Parts of a type, each counted as often as it is used: some bytes can otherwise tell of endless ones. */
const MOST_PARTS = 100_000;

interface Measure {
  depth: number;
  parts: number;
  borrows: boolean;
}

const measures = new WeakMap<ValueType, Measure>();

/** The types that a type is made of. */
export function partsOf(type: ValueType): readonly ValueType[] {
  switch (type.kind) {
    case "list":
      return [type.element];
    case "record":
      return type.fields.map((field) => field.type);
    case "tuple":
      return type.items;
    case "variant":
      return type.cases.flatMap((one) => one.type ?? []);
    case "option":
      return [type.some];
    case "result":
      return [type.ok, type.err].flatMap((part) => part ?? []);
  }
  return [];
}

function measure(type: ValueType): Measure {
  let known = measures.get(type);
  if (known === undefined) {
    known = { depth: 1, parts: 1 + namesOf(type), borrows: type.kind === "borrow" };
    for (const part of partsOf(type)) {
      const { depth, parts, borrows } = measure(part);
      known.depth = Math.max(known.depth, depth + 1);
      known.parts += parts;
      known.borrows ||= borrows;
    }
    measures.set(type, known);
  }
  return known;
}

function namesOf(type: ValueType): number {
  if ("names" in type) return type.names.length;
  return type.kind === "variant" ? type.cases.length : 0;
}

/** @throws ComponentFormatError for a type that is too deep or has too many parts. */
export function checkSize(type: ValueType, offset: number): void {
  const { depth, parts } = measure(type);
  if (depth > MOST_DEPTH) throw unsupported(`a type more than ${MOST_DEPTH} deep`, offset);
  if (parts > MOST_PARTS) throw unsupported(`a type of more than ${MOST_PARTS} parts`, offset);
}

/** Whether values of the type hold borrowed handles, which may not outlive a call. */
export function holdsBorrow(type: ValueType): boolean {
  return measure(type).borrows;
}

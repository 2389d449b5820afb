import type { FunctionType, ValueType } from "../types.ts";
import { partsOf } from "./type_size.ts";
import type { TypeItem } from "./scope.ts";
import type { Work } from "./work.ts";

/** Whether two types of values are structurally equal; resources are equal only to themselves. */
export function sameValueType(one: ValueType, other: ValueType, work: Work): boolean {
  work.step();
  if (one === other) return true;
  if (one.kind !== other.kind) return false;
  if ("resource" in one || "resource" in other) {
    return "resource" in one && "resource" in other && one.resource === other.resource;
  }
  if (!sameList(labelsOf(one), labelsOf(other), work, (label, second) => label === second)) {
    return false;
  }
  return sameList(
    partsOf(one),
    partsOf(other),
    work,
    (part, second) => sameValueType(part, second, work),
  );
}

/** Whether two functions have the same type. What parameters are called makes no difference. */
export function sameFunctionType(one: FunctionType, other: FunctionType, work: Work): boolean {
  const sameParams = sameList(
    one.params,
    other.params,
    work,
    (param, second) => sameValueType(param.type, second.type, work),
  );
  return sameParams && sameOptional(one.result, other.result, work);
}

/** Whether two types are the same; types of instances are not looked into, as nothing comes of them. */
export function sameTypeItem(one: TypeItem, other: TypeItem, work: Work): boolean {
  if (one.kind === "value" && other.kind === "value") {
    return sameValueType(one.type, other.type, work);
  }
  if (one.kind === "function" && other.kind === "function") {
    return sameFunctionType(one.type, other.type, work);
  }
  if (one.kind === "resource" && other.kind === "resource") {
    return one.resource === other.resource;
  }
  return one.kind === other.kind;
}

function sameOptional(one: ValueType | null, other: ValueType | null, work: Work): boolean {
  if (one === null || other === null) return one === other;
  return sameValueType(one, other, work);
}

/** Names of fields, cases and flags, and which cases have a payload. */
function labelsOf(type: ValueType): readonly string[] {
  switch (type.kind) {
    case "record":
      return type.fields.map((field) => field.name);
    case "variant":
      return type.cases.map(({ name, type }) => type === null ? name : `${name}()`);
    case "enum":
    case "flags":
      return type.names;
    case "result":
      return [type.ok === null ? "" : "ok", type.err === null ? "" : "err"];
  }
  return [];
}

function sameList<T>(
  one: readonly T[],
  other: readonly T[],
  work: Work,
  same: (part: T, second: T) => boolean,
): boolean {
  work.step(one.length);
  return one.length === other.length && one.every((part, at) => {
    const second = other[at];
    return second !== undefined && same(part, second);
  });
}

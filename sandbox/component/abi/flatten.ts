import type { FunctionType, ValueType } from "../types.ts";
import { type CoreType, layoutOf } from "./layout.ts";

/** The type of a core function. */
export interface CoreSignature {
  params: readonly string[];
  results: readonly string[];
}

/** How a component function is called as a core function. */
export interface FlatFunction extends CoreSignature {
  /** All parameters as one value. */
  paramsTuple: Extract<ValueType, { kind: "tuple" }>;
  /** The result, if there is one, as one value. */
  resultTuple: Extract<ValueType, { kind: "tuple" }>;
  params: readonly CoreType[];
  results: readonly CoreType[];
  /** The parameters lie in memory, and one core parameter says where. */
  paramsInMemory: boolean;
  /** The result lies in memory: a core result says where, or for lowered functions a further parameter. */
  resultInMemory: boolean;
}

/** Which side of a function the core function is on. */
type Direction = "lift" | "lower";

/** Kept, as a file may lift or lower functions of one type any number of times. */
const flattened = {
  lift: new WeakMap<FunctionType, FlatFunction>(),
  lower: new WeakMap<FunctionType, FlatFunction>(),
};

/** The core type of a function that is lifted, or to which one is lowered (`flatten_functype`). */
export function flattenFunction(type: FunctionType, direction: Direction): FlatFunction {
  const known = flattened[direction].get(type);
  if (known !== undefined) return known;
  const flat = computeFlat(type, direction);
  flattened[direction].set(type, flat);
  return flat;
}

function computeFlat(type: FunctionType, direction: Direction): FlatFunction {
  const paramsTuple = { kind: "tuple" as const, items: type.params.map((param) => param.type) };
  const resultTuple = { kind: "tuple" as const, items: type.result === null ? [] : [type.result] };
  const flatParams = layoutOf(paramsTuple).flat;
  const params: CoreType[] = [...flatParams ?? ["i32" as const]];
  const flatResults = layoutOf(resultTuple).flat;
  const resultInMemory = flatResults === null || flatResults.length > 1;
  if (resultInMemory && direction === "lower") params.push("i32");
  const results: CoreType[] = !resultInMemory
    ? [...flatResults ?? []]
    : direction === "lift"
    ? ["i32"]
    : [];
  const paramsInMemory = flatParams === null;
  return { params, results, paramsInMemory, resultInMemory, paramsTuple, resultTuple };
}

/** Whether two core functions have the same type. */
export function sameSignature(one: CoreSignature, other: CoreSignature): boolean {
  return one === other ||
    (sameTypes(one.params, other.params) && sameTypes(one.results, other.results));
}

function sameTypes(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((type, at) => type === other[at]);
}

/** A core function type for a message. */
export function signatureText({ params, results }: CoreSignature): string {
  return `(${params.join(", ")}) -> (${results.join(", ")})`;
}

/** Which of a core instance's services carrying values needs. */
export interface Needs {
  memory: boolean;
  realloc: boolean;
}

/** What a type needs: strings and lists lie in memory, and are put there with `realloc`. */
export function holdsPointer(type: ValueType): boolean {
  let known = pointers.get(type);
  if (known === undefined) {
    known = computeHoldsPointer(type);
    pointers.set(type, known);
  }
  return known;
}

const pointers = new WeakMap<ValueType, boolean>();

function computeHoldsPointer(type: ValueType): boolean {
  switch (type.kind) {
    case "string":
    case "list":
      return true;
    case "record":
      return type.fields.some((field) => holdsPointer(field.type));
    case "tuple":
      return type.items.some(holdsPointer);
    case "variant":
      return type.cases.some((one) => one.type !== null && holdsPointer(one.type));
    case "option":
      return holdsPointer(type.some);
    case "result":
      return [type.ok, type.err].some((part) => part !== null && holdsPointer(part));
  }
  return false;
}

/** What `canon lift` or `canon lower` of a function needs among its options. */
export function needsOf(type: FunctionType, direction: Direction): Needs {
  const flat = flattenFunction(type, direction);
  const paramsPoint = type.params.some((param) => holdsPointer(param.type));
  const resultPoints = type.result !== null && holdsPointer(type.result);
  const written = direction === "lift" ? paramsPoint || flat.paramsInMemory : resultPoints;
  return {
    memory: paramsPoint || resultPoints || flat.paramsInMemory || flat.resultInMemory,
    realloc: written,
  };
}

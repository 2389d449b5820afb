import type { ComponentValue, ValueType } from "../types.ts";
import { Tagged } from "../types.ts";
import type { CoreValue } from "./call_core.ts";
import { SIZES } from "./costs.ts";
import type { Crossing } from "./crossing.ts";
import { liftHandle } from "./handle_values.ts";
import { layoutOf } from "./layout.ts";
import { isWide, loadList, loadTuple, takeObject } from "./load.ts";
import { caseAt, enumName, flagNames } from "./named.ts";
import { fromJoined } from "./numbers.ts";
import { SCALARS } from "./scalars.ts";
import { loadString } from "./strings.ts";

type Tuple = Extract<ValueType, { kind: "tuple" }>;

/** Core values that are taken one after the other. */
export class FlatReader {
  readonly #values: readonly CoreValue[];
  #at = 0;

  constructor(values: readonly CoreValue[]) {
    this.#values = values;
  }

  /** The next value. There is one: the core function's type was checked. */
  next(): CoreValue {
    const value = this.#values[this.#at++];
    if (value === undefined) throw new TypeError("Cannot lift more values than there are");
    return value;
  }

  /** The next value as an unsigned 32-bit integer. */
  unsigned(): number {
    return Number(this.next()) >>> 0;
  }
}

/** Takes values of several types: from core values, or from memory where there are too many. */
export function liftValues(
  cx: Crossing,
  type: Tuple,
  flat: FlatReader,
  inMemory: boolean,
): ComponentValue[] {
  if (!inMemory) return type.items.map((item) => liftFlat(cx, item, flat));
  const { size, align } = layoutOf(type);
  const address = flat.unsigned();
  cx.memory.check(address, size, align);
  return loadTuple(cx, type, address);
}

/** Takes a value from core values (CanonicalABI.md, "Flat Lifting"). */
export function liftFlat(cx: Crossing, type: ValueType, flat: FlatReader): ComponentValue {
  const scalar = SCALARS[type.kind];
  if (scalar !== undefined) {
    if (isWide(type)) cx.account.take(cx.prices.bigint, SIZES.object);
    return scalar.lift(flat.next());
  }
  switch (type.kind) {
    case "string": {
      const address = flat.unsigned();
      return loadString(cx, { address, length: flat.unsigned() });
    }
    case "list": {
      const address = flat.unsigned();
      return loadList(cx, type.element, address, flat.unsigned());
    }
    case "record": {
      takeObject(cx, type.fields.length);
      const record: { [field: string]: ComponentValue } = {};
      for (const field of type.fields) record[field.name] = liftFlat(cx, field.type, flat);
      return record;
    }
    case "tuple":
      takeObject(cx, type.items.length);
      return type.items.map((item) => liftFlat(cx, item, flat));
    case "variant":
    case "option":
    case "result":
      return liftVariant(cx, type, flat);
    case "enum":
      return enumName(type, flat.unsigned());
    case "flags":
      takeObject(cx, type.names.length);
      return flagNames(type, flat.unsigned());
    case "own":
    case "borrow":
      return liftHandle(cx, type, flat.unsigned());
  }
  throw new TypeError(`Cannot lift a ${type.kind}`);
}

function liftVariant(
  cx: Crossing,
  type: Extract<ValueType, { kind: "variant" | "option" | "result" }>,
  flat: FlatReader,
): Tagged {
  takeObject(cx, 1);
  const [, ...joined] = layoutOf(type).flat ?? [];
  const index = flat.unsigned();
  // All of the payload's values are taken, whichever of them the case uses.
  const values = joined.map(() => flat.next());
  const chosen = caseAt(type, index);
  if (chosen.type === null) return new Tagged(chosen.name);
  const wanted = layoutOf(chosen.type).flat ?? [];
  const payload = wanted.map((want, at) => fromJoined(values[at] ?? 0, joined[at] ?? want, want));
  return new Tagged(chosen.name, liftFlat(cx, chosen.type, new FlatReader(payload)));
}

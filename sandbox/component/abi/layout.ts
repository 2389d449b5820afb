import type { ValueType } from "../types.ts";

/** Types of core values that component values are made of. */
export type CoreType = "i32" | "i64" | "f32" | "f64";

/** Most core parameters of a function: further ones go through memory. */
export const MOST_FLAT_PARAMS = 16;

/** How values of a type lie in memory and in core values (CanonicalABI.md, "Alignment" to "Flattening"). */
export interface Layout {
  /** Bytes in memory, a multiple of `align`. */
  size: number;
  align: number;
  /** Core values; null for more than {@linkcode MOST_FLAT_PARAMS}. */
  flat: readonly CoreType[] | null;
  /** Where parts lie: fields and items; for variants the payload alone. */
  offsets: readonly number[];
}

const layouts = new WeakMap<ValueType, Layout>();

/** The layout of a type. Each type is looked at once, however often it is used. */
export function layoutOf(type: ValueType): Layout {
  let layout = layouts.get(type);
  if (layout === undefined) {
    layout = computeLayout(type);
    layouts.set(type, layout);
  }
  return layout;
}

/** The next multiple of `align`, a power of two. */
export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

/** The cases of any variant-like type: what may follow each discriminant. */
export function casesOf(
  type: Extract<ValueType, { kind: "variant" | "option" | "result" }>,
): readonly { name: string; type: ValueType | null }[] {
  if (type.kind === "variant") return type.cases;
  let cases = builtInCases.get(type);
  if (cases === undefined) {
    cases = type.kind === "option"
      ? [{ name: "none", type: null }, { name: "some", type: type.some }]
      : [{ name: "ok", type: type.ok }, { name: "err", type: type.err }];
    builtInCases.set(type, cases);
  }
  return cases;
}

const builtInCases = new WeakMap<ValueType, { name: string; type: ValueType | null }[]>();

/** Bytes of a discriminant. */
export function discriminantSize(cases: number): 1 | 2 | 4 {
  return cases <= 0x100 ? 1 : cases <= 0x10000 ? 2 : 4;
}

/** Bytes of flags. */
export function flagsSize(flags: number): 1 | 2 | 4 {
  return flags <= 8 ? 1 : flags <= 16 ? 2 : 4;
}

function scalar(size: number, flat: CoreType): Layout {
  return { size, align: size, flat: [flat], offsets: [] };
}

function computeLayout(type: ValueType): Layout {
  switch (type.kind) {
    case "bool":
    case "s8":
    case "u8":
      return scalar(1, "i32");
    case "s16":
    case "u16":
      return scalar(2, "i32");
    case "s32":
    case "u32":
    case "char":
    case "own":
    case "borrow":
      return scalar(4, "i32");
    case "s64":
    case "u64":
      return scalar(8, "i64");
    case "f32":
      return scalar(4, "f32");
    case "f64":
      return scalar(8, "f64");
    case "string":
    case "list":
      return { size: 8, align: 4, flat: ["i32", "i32"], offsets: [] };
    case "enum":
      return scalar(discriminantSize(type.names.length), "i32");
    case "flags":
      return scalar(flagsSize(type.names.length), "i32");
    case "record":
      return sequence(type.fields.map((field) => field.type));
    case "tuple":
      return sequence(type.items);
    case "variant":
    case "option":
    case "result":
      return choice(casesOf(type).map((one) => one.type));
  }
}

function sequence(types: readonly ValueType[]): Layout {
  let size = 0;
  let align = 1;
  let flat: CoreType[] | null = [];
  const offsets: number[] = [];
  for (const type of types) {
    const part = layoutOf(type);
    size = alignTo(size, part.align);
    offsets.push(size);
    size += part.size;
    align = Math.max(align, part.align);
    flat = flat === null || part.flat === null ? null : atMost([...flat, ...part.flat]);
  }
  return { size: alignTo(size, align), align, flat, offsets };
}

function choice(types: readonly (ValueType | null)[]): Layout {
  const head = discriminantSize(types.length);
  let size = 0;
  let align: number = head;
  let flat: CoreType[] | null = [];
  for (const type of types) {
    if (type === null) continue;
    const part = layoutOf(type);
    size = Math.max(size, part.size);
    align = Math.max(align, part.align);
    flat = flat === null || part.flat === null ? null : join(flat, part.flat);
  }
  // The payload is aligned for the cases, which the discriminant's own size may exceed.
  const payloadAlign = types.reduce(
    (most, type) => type === null ? most : Math.max(most, layoutOf(type).align),
    1,
  );
  const payload = alignTo(head, payloadAlign);
  return {
    size: alignTo(payload + size, align),
    align,
    flat: flat === null ? null : atMost(["i32", ...flat]),
    offsets: [payload],
  };
}

function atMost(flat: CoreType[]): CoreType[] | null {
  return flat.length > MOST_FLAT_PARAMS ? null : flat;
}

function join(one: readonly CoreType[], other: readonly CoreType[]): CoreType[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, at) => joinTypes(one[at], other[at]));
}

function joinTypes(one: CoreType | undefined, other: CoreType | undefined): CoreType {
  if (one === undefined || one === other) return other ?? "i64";
  if (other === undefined) return one;
  const are32 = (type: CoreType) => type === "i32" || type === "f32";
  return are32(one) && are32(other) ? "i32" : "i64";
}

/**
 * The instructions of WebAssembly 2.0 with tail calls and both exception-handling encodings, as in
 * the core specification, chapter 5.4, and the index of instructions in its appendix.
 */

/** What follows an opcode in the code. */
export type Immediates =
  | "none"
  | "block" // block type
  | "label" // relative depth
  | "labels" // br_table
  | "index" // one index of anything
  | "index2" // two indices
  | "types" // vector of value types (select t)
  | "heap" // heap type (ref.null)
  | "memory" // alignment and offset
  | "memory+lane"
  | "lane"
  | "i32"
  | "i64"
  | "4 bytes"
  | "8 bytes"
  | "16 bytes"
  | "catches"; // block type and catch clauses (try_table)

/** One instruction of the table. */
export interface Opcode {
  /** Position in the table: a dense number, for tables of one's own. */
  id: number;
  name: string;
  immediates: Immediates;
  /** Types taken from the stack, a letter each: i i32, I i64, f f32, F f64, v v128, r reference, * any. */
  takes: string;
  /** Types left on the stack; "?" in `takes` or here: depends on the immediates. */
  leaves: string;
}

/** Prefix of the bulk memory and saturating conversion instructions. */
export const PREFIX_FC = 0xfc0000;

/** Prefix of the SIMD instructions. */
export const PREFIX_FD = 0xfd0000;

function table(): Map<number, Opcode> {
  const opcodes = new Map<number, Opcode>();
  addControl(opcodes);
  addVariables(opcodes);
  addMemory(opcodes);
  addNumeric(opcodes);
  addBulk(opcodes);
  addSimd(opcodes);
  return opcodes;
}

type Table = Map<number, Opcode>;

/** Adds consecutive opcodes; "_" leaves one out. */
function add(
  opcodes: Table,
  first: number,
  signature: string,
  names: string,
  immediates: Immediates = "none",
): void {
  const [takes = "", leaves = ""] = signature.split(":");
  names.split(/\s+/).forEach((name, index) => {
    if (name !== "_") {
      opcodes.set(first + index, { id: opcodes.size, name, immediates, takes, leaves });
    }
  });
}

function addControl(t: Table): void {
  add(t, 0x00, ":", "unreachable nop");
  add(t, 0x02, "?:?", "block loop", "block");
  add(t, 0x04, "?:?", "if", "block");
  add(t, 0x05, "?:?", "else");
  add(t, 0x06, "?:?", "try", "block");
  add(t, 0x07, "?:?", "catch throw", "index");
  add(t, 0x09, "?:?", "rethrow", "label");
  add(t, 0x0a, "r:", "throw_ref");
  add(t, 0x0b, "?:?", "end");
  add(t, 0x0c, "?:?", "br", "label");
  add(t, 0x0d, "i:", "br_if", "label");
  add(t, 0x0e, "?:?", "br_table", "labels");
  add(t, 0x0f, "?:?", "return");
  add(t, 0x10, "?:?", "call", "index");
  add(t, 0x11, "?:?", "call_indirect", "index2");
  add(t, 0x12, "?:?", "return_call", "index");
  add(t, 0x13, "?:?", "return_call_indirect", "index2");
  add(t, 0x18, "?:?", "delegate", "label");
  add(t, 0x19, "?:?", "catch_all");
  add(t, 0x1a, "*:", "drop");
  add(t, 0x1b, "**i:*", "select");
  add(t, 0x1c, "**i:*", "select", "types");
  add(t, 0x1f, "?:?", "try_table", "catches");
}

function addVariables(t: Table): void {
  add(t, 0x20, ":*", "local.get", "index");
  add(t, 0x21, "*:", "local.set", "index");
  add(t, 0x22, "*:*", "local.tee", "index");
  add(t, 0x23, ":*", "global.get", "index");
  add(t, 0x24, "*:", "global.set", "index");
  add(t, 0x25, "i:r", "table.get", "index");
  add(t, 0x26, "ir:", "table.set", "index");
  add(t, 0xd0, ":r", "ref.null", "heap");
  add(t, 0xd1, "r:i", "ref.is_null");
  add(t, 0xd2, ":r", "ref.func", "index");
}

function addMemory(t: Table): void {
  add(t, 0x28, "i:i", "i32.load", "memory");
  add(t, 0x29, "i:I", "i64.load", "memory");
  add(t, 0x2a, "i:f", "f32.load", "memory");
  add(t, 0x2b, "i:F", "f64.load", "memory");
  add(t, 0x2c, "i:i", "i32.load8_s i32.load8_u i32.load16_s i32.load16_u", "memory");
  add(
    t,
    0x30,
    "i:I",
    "i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u",
    "memory",
  );
  add(t, 0x36, "ii:", "i32.store", "memory");
  add(t, 0x37, "iI:", "i64.store", "memory");
  add(t, 0x38, "if:", "f32.store", "memory");
  add(t, 0x39, "iF:", "f64.store", "memory");
  add(t, 0x3a, "ii:", "i32.store8 i32.store16", "memory");
  add(t, 0x3c, "iI:", "i64.store8 i64.store16 i64.store32", "memory");
  add(t, 0x3f, ":i", "memory.size", "index");
  add(t, 0x40, "i:i", "memory.grow", "index");
  add(t, 0x41, ":i", "i32.const", "i32");
  add(t, 0x42, ":I", "i64.const", "i64");
  add(t, 0x43, ":f", "f32.const", "4 bytes");
  add(t, 0x44, ":F", "f64.const", "8 bytes");
}

const INTEGER_COMPARE = [
  "eq",
  "ne",
  "lt_s",
  "lt_u",
  "gt_s",
  "gt_u",
  "le_s",
  "le_u",
  "ge_s",
  "ge_u",
];
const FLOAT_COMPARE = ["eq", "ne", "lt", "gt", "le", "ge"];
const INTEGER_UNARY = ["clz", "ctz", "popcnt"];
const INTEGER_BINARY = [
  ..."add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr".split(" "),
];
const FLOAT_UNARY = ["abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt"];
const FLOAT_BINARY = ["add", "sub", "mul", "div", "min", "max", "copysign"];

function prefixed(type: string, names: readonly string[]): string {
  return names.map((name) => `${type}.${name}`).join(" ");
}

function addNumeric(t: Table): void {
  add(t, 0x45, "i:i", "i32.eqz");
  add(t, 0x46, "ii:i", prefixed("i32", INTEGER_COMPARE));
  add(t, 0x50, "I:i", "i64.eqz");
  add(t, 0x51, "II:i", prefixed("i64", INTEGER_COMPARE));
  add(t, 0x5b, "ff:i", prefixed("f32", FLOAT_COMPARE));
  add(t, 0x61, "FF:i", prefixed("f64", FLOAT_COMPARE));
  add(t, 0x67, "i:i", prefixed("i32", INTEGER_UNARY));
  add(t, 0x6a, "ii:i", prefixed("i32", INTEGER_BINARY));
  add(t, 0x79, "I:I", prefixed("i64", INTEGER_UNARY));
  add(t, 0x7c, "II:I", prefixed("i64", INTEGER_BINARY));
  add(t, 0x8b, "f:f", prefixed("f32", FLOAT_UNARY));
  add(t, 0x92, "ff:f", prefixed("f32", FLOAT_BINARY));
  add(t, 0x99, "F:F", prefixed("f64", FLOAT_UNARY));
  add(t, 0xa0, "FF:F", prefixed("f64", FLOAT_BINARY));
  add(t, 0xa7, "I:i", "i32.wrap_i64");
  add(t, 0xa8, "f:i", "i32.trunc_f32_s i32.trunc_f32_u");
  add(t, 0xaa, "F:i", "i32.trunc_f64_s i32.trunc_f64_u");
  add(t, 0xac, "i:I", "i64.extend_i32_s i64.extend_i32_u");
  add(t, 0xae, "f:I", "i64.trunc_f32_s i64.trunc_f32_u");
  add(t, 0xb0, "F:I", "i64.trunc_f64_s i64.trunc_f64_u");
  add(t, 0xb2, "i:f", "f32.convert_i32_s f32.convert_i32_u");
  add(t, 0xb4, "I:f", "f32.convert_i64_s f32.convert_i64_u");
  add(t, 0xb6, "F:f", "f32.demote_f64");
  add(t, 0xb7, "i:F", "f64.convert_i32_s f64.convert_i32_u");
  add(t, 0xb9, "I:F", "f64.convert_i64_s f64.convert_i64_u");
  add(t, 0xbb, "f:F", "f64.promote_f32");
  add(t, 0xbc, "f:i", "i32.reinterpret_f32");
  add(t, 0xbd, "F:I", "i64.reinterpret_f64");
  add(t, 0xbe, "i:f", "f32.reinterpret_i32");
  add(t, 0xbf, "I:F", "f64.reinterpret_i64");
  add(t, 0xc0, "i:i", "i32.extend8_s i32.extend16_s");
  add(t, 0xc2, "I:I", "i64.extend8_s i64.extend16_s i64.extend32_s");
}

function addBulk(t: Table): void {
  const at = (code: number) => PREFIX_FC | code;
  add(t, at(0), "f:i", "i32.trunc_sat_f32_s i32.trunc_sat_f32_u");
  add(t, at(2), "F:i", "i32.trunc_sat_f64_s i32.trunc_sat_f64_u");
  add(t, at(4), "f:I", "i64.trunc_sat_f32_s i64.trunc_sat_f32_u");
  add(t, at(6), "F:I", "i64.trunc_sat_f64_s i64.trunc_sat_f64_u");
  add(t, at(8), "iii:", "memory.init", "index2");
  add(t, at(9), ":", "data.drop", "index");
  add(t, at(10), "iii:", "memory.copy", "index2");
  add(t, at(11), "iii:", "memory.fill", "index");
  add(t, at(12), "iii:", "table.init", "index2");
  add(t, at(13), ":", "elem.drop", "index");
  add(t, at(14), "iii:", "table.copy", "index2");
  add(t, at(15), "ri:i", "table.grow", "index");
  add(t, at(16), ":i", "table.size", "index");
  add(t, at(17), "iri:", "table.fill", "index");
}

function addSimd(t: Table): void {
  const simd = (
    first: number,
    signature: string,
    names: string,
    immediates: Immediates = "none",
  ) => add(t, PREFIX_FD | first, signature, names, immediates);
  addSimdMemory(simd);
  addSimdLanes(simd);
  addSimdInteger(simd);
  addSimdFloat(simd);
}

type SimdAdder = (first: number, signature: string, names: string, immediates?: Immediates) => void;

function addSimdMemory(simd: SimdAdder): void {
  simd(
    0,
    "i:v",
    `v128.load v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s
     v128.load32x2_u v128.load8_splat v128.load16_splat v128.load32_splat v128.load64_splat`,
    "memory",
  );
  simd(11, "iv:", "v128.store", "memory");
  simd(12, ":v", "v128.const", "16 bytes");
  simd(
    84,
    "iv:v",
    "v128.load8_lane v128.load16_lane v128.load32_lane v128.load64_lane",
    "memory+lane",
  );
  simd(
    88,
    "iv:",
    "v128.store8_lane v128.store16_lane v128.store32_lane v128.store64_lane",
    "memory+lane",
  );
  simd(92, "i:v", "v128.load32_zero v128.load64_zero", "memory");
}

function addSimdLanes(simd: SimdAdder): void {
  simd(13, "vv:v", "i8x16.shuffle", "16 bytes");
  simd(14, "vv:v", "i8x16.swizzle");
  simd(15, "i:v", "i8x16.splat i16x8.splat i32x4.splat");
  simd(18, "I:v", "i64x2.splat");
  simd(19, "f:v", "f32x4.splat");
  simd(20, "F:v", "f64x2.splat");
  simd(21, "v:i", "i8x16.extract_lane_s i8x16.extract_lane_u", "lane");
  simd(23, "vi:v", "i8x16.replace_lane", "lane");
  simd(24, "v:i", "i16x8.extract_lane_s i16x8.extract_lane_u", "lane");
  simd(26, "vi:v", "i16x8.replace_lane", "lane");
  simd(27, "v:i", "i32x4.extract_lane", "lane");
  simd(28, "vi:v", "i32x4.replace_lane", "lane");
  simd(29, "v:I", "i64x2.extract_lane", "lane");
  simd(30, "vI:v", "i64x2.replace_lane", "lane");
  simd(31, "v:f", "f32x4.extract_lane", "lane");
  simd(32, "vf:v", "f32x4.replace_lane", "lane");
  simd(33, "v:F", "f64x2.extract_lane", "lane");
  simd(34, "vF:v", "f64x2.replace_lane", "lane");
}

function addSimdInteger(simd: SimdAdder): void {
  simd(35, "vv:v", prefixed("i8x16", INTEGER_COMPARE));
  simd(45, "vv:v", prefixed("i16x8", INTEGER_COMPARE));
  simd(55, "vv:v", prefixed("i32x4", INTEGER_COMPARE));
  simd(77, "v:v", "v128.not");
  simd(78, "vv:v", "v128.and v128.andnot v128.or v128.xor");
  simd(82, "vvv:v", "v128.bitselect");
  simd(83, "v:i", "v128.any_true");
  simd(96, "v:v", "i8x16.abs i8x16.neg i8x16.popcnt");
  simd(99, "v:i", "i8x16.all_true i8x16.bitmask");
  simd(101, "vv:v", "i8x16.narrow_i16x8_s i8x16.narrow_i16x8_u");
  simd(107, "vi:v", "i8x16.shl i8x16.shr_s i8x16.shr_u");
  simd(
    110,
    "vv:v",
    prefixed("i8x16", "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u".split(" ")),
  );
  simd(118, "vv:v", "i8x16.min_s i8x16.min_u i8x16.max_s i8x16.max_u _ i8x16.avgr_u");
  simd(124, "v:v", "i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u");
  simd(126, "v:v", "i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u");
  simd(128, "v:v", "i16x8.abs i16x8.neg");
  simd(130, "vv:v", "i16x8.q15mulr_sat_s");
  simd(131, "v:i", "i16x8.all_true i16x8.bitmask");
  simd(133, "vv:v", "i16x8.narrow_i32x4_s i16x8.narrow_i32x4_u");
  simd(135, "v:v", prefixed("i16x8", EXTEND("i8x16")));
  simd(139, "vi:v", "i16x8.shl i16x8.shr_s i16x8.shr_u");
  simd(
    142,
    "vv:v",
    prefixed("i16x8", "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u".split(" ")),
  );
  simd(149, "vv:v", prefixed("i16x8", "mul min_s min_u max_s max_u".split(" ")));
  simd(155, "vv:v", "i16x8.avgr_u");
  simd(156, "vv:v", prefixed("i16x8", EXTMUL("i8x16")));
  simd(160, "v:v", "i32x4.abs i32x4.neg");
  simd(163, "v:i", "i32x4.all_true i32x4.bitmask");
  simd(167, "v:v", prefixed("i32x4", EXTEND("i16x8")));
  simd(171, "vi:v", "i32x4.shl i32x4.shr_s i32x4.shr_u");
  simd(174, "vv:v", "i32x4.add _ _ i32x4.sub");
  simd(181, "vv:v", prefixed("i32x4", "mul min_s min_u max_s max_u dot_i16x8_s".split(" ")));
  simd(188, "vv:v", prefixed("i32x4", EXTMUL("i16x8")));
  simd(192, "v:v", "i64x2.abs i64x2.neg");
  simd(195, "v:i", "i64x2.all_true i64x2.bitmask");
  simd(199, "v:v", prefixed("i64x2", EXTEND("i32x4")));
  simd(203, "vi:v", "i64x2.shl i64x2.shr_s i64x2.shr_u");
  simd(206, "vv:v", "i64x2.add _ _ i64x2.sub _ _ _ i64x2.mul");
  simd(214, "vv:v", prefixed("i64x2", "eq ne lt_s gt_s le_s ge_s".split(" ")));
  simd(220, "vv:v", prefixed("i64x2", EXTMUL("i32x4")));
}

const EXTEND = (from: string) =>
  ["low", "high"].map((half) => `extend_${half}_${from}_s`).concat(
    ["low", "high"].map((half) => `extend_${half}_${from}_u`),
  );
const EXTMUL = (from: string) => EXTEND(from).map((name) => name.replace("extend", "extmul"));

function addSimdFloat(simd: SimdAdder): void {
  simd(65, "vv:v", prefixed("f32x4", FLOAT_COMPARE));
  simd(71, "vv:v", prefixed("f64x2", FLOAT_COMPARE));
  simd(94, "v:v", "f32x4.demote_f64x2_zero f64x2.promote_low_f32x4");
  simd(103, "v:v", "f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest");
  simd(116, "v:v", "f64x2.ceil f64x2.floor");
  simd(122, "v:v", "f64x2.trunc");
  simd(148, "v:v", "f64x2.nearest");
  simd(224, "v:v", "f32x4.abs f32x4.neg _ f32x4.sqrt");
  simd(228, "vv:v", prefixed("f32x4", "add sub mul div min max pmin pmax".split(" ")));
  simd(236, "v:v", "f64x2.abs f64x2.neg _ f64x2.sqrt");
  simd(240, "vv:v", prefixed("f64x2", "add sub mul div min max pmin pmax".split(" ")));
  simd(248, "v:v", "i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u");
  simd(250, "v:v", "f32x4.convert_i32x4_s f32x4.convert_i32x4_u");
  simd(252, "v:v", "i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero");
  simd(254, "v:v", "f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u");
}

/** The table: opcodes of one byte by their value; prefixed ones by `prefix << 16 | value`. */
export const OPCODES: ReadonlyMap<number, Opcode> = table();

/** A table over all instructions, by their position: `make` is called once for each. */
export function perOpcode<T>(make: (name: string, opcode: number, id: number) => T): readonly T[] {
  return [...OPCODES].map(([opcode, { name, id }]) => make(name, opcode, id));
}

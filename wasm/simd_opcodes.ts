import {
  add,
  FLOAT_COMPARE,
  type Immediates,
  INTEGER_COMPARE,
  PREFIX_FD,
  prefixed,
  type Table,
} from "./opcode_table.ts";

/** Adds the instructions on 128-bit vectors, without relaxed SIMD. */
export function addSimd(t: Table): void {
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

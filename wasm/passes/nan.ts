import { OP, withIndex } from "../assemble.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { F32, F64, V128 } from "../types.ts";

type Lanes = "f32" | "f64" | "f32x4" | "f64x2";

const PRODUCES = /^(f32|f64|f32x4|f64x2)\.(ceil|floor|trunc|nearest|sqrt|add|sub|mul|div|min|max)$/;
const CONVERTS: Record<string, Lanes> = {
  "f32.demote_f64": "f32",
  "f64.promote_f32": "f64",
  "f32x4.demote_f64x2_zero": "f32x4",
  "f64x2.promote_low_f32x4": "f64x2",
};
const COMPARES = /^(f32|f64|f32x4|f64x2)\.(eq|ne|lt|gt|le|ge)$/;
const TRUNCATES = /^i(?:32|64)\.trunc(?:_sat)?_(f32|f64)_[su]$/;
const F32_NAN = [0x00, 0x00, 0xc0, 0x7f];
const F64_NAN = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];

/** How each shape is canonicalised: its value type, its NaN as a constant, its equality, its choice. */
const SHAPES: Record<Lanes, { type: number; nan: number[]; equal: number[]; choose: number[] }> = {
  f32: { type: F32, nan: [0x43, ...F32_NAN], equal: [OP.f32Eq], choose: [OP.select] },
  f64: { type: F64, nan: [0x44, ...F64_NAN], equal: [OP.f64Eq], choose: [OP.select] },
  f32x4: {
    type: V128,
    nan: [0xfd, 12, ...F32_NAN, ...F32_NAN, ...F32_NAN, ...F32_NAN],
    equal: [0xfd, 65],
    choose: [0xfd, 82],
  },
  f64x2: {
    type: V128,
    nan: [0xfd, 12, ...F64_NAN, ...F64_NAN],
    equal: [0xfd, 71],
    choose: [0xfd, 82],
  },
};

/**
 * Makes the bits of every NaN that arithmetic gives the canonical ones.
 *
 * The specification leaves sign and payload of such a NaN open (core specification 2.0, section 4.3.3,
 * "NaN propagation"), and engines differ. It is the only open point in the arithmetic, so with it closed
 * a program's memory is the same on every engine. A result that goes straight into an operation that
 * sees only whether it is a NaN is left as it is.
 */
export class NanPass implements Pass {
  readonly #context: BodyContext;
  #pending: Lanes | undefined;
  #at = 0;

  constructor(context: BodyContext) {
    this.#context = context;
  }

  /** What follows a result matters too. */
  static readonly concerns = perOpcode(() => true);

  instruction({ info, end }: Instruction): void {
    const lanes = this.#pending;
    if (lanes !== undefined && !ABSORBED[info.id]?.includes(lanes)) {
      this.#context.edits.insert(this.#at, this.#canonicalise(lanes));
    }
    this.#pending = PRODUCED[info.id];
    this.#at = end;
  }

  #canonicalise(lanes: Lanes): number[] {
    const { type, nan, equal, choose } = SHAPES[lanes];
    const local = this.#context.scratch.local("value", type);
    const get = withIndex(OP.localGet, local);
    return [...withIndex(OP.localTee, local), ...nan, ...get, ...get, ...equal, ...choose];
  }
}

function producedLanes(name: string): Lanes | undefined {
  const lanes = PRODUCES.exec(name)?.[1] ?? CONVERTS[name];
  return lanes !== undefined && isLanes(lanes) ? lanes : undefined;
}

function isLanes(text: string): text is Lanes {
  return Object.hasOwn(SHAPES, text);
}

/** The shapes whose NaNs an instruction takes without letting their bits through. */
function absorbedLanes(name: string): Lanes[] {
  const lanes = PRODUCES.exec(name)?.[1] ?? COMPARES.exec(name)?.[1] ?? TRUNCATES.exec(name)?.[1] ??
    { "f32.demote_f64": "f64", "f64.promote_f32": "f32" }[name];
  return lanes !== undefined && isLanes(lanes) ? [lanes] : [];
}

/** For an instruction whose result may be a NaN: its shape. */
const PRODUCED = perOpcode(producedLanes);
const ABSORBED = perOpcode(absorbedLanes);

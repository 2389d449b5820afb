import { describe, expect, test } from "vitest";
import { PLAIN } from "./support/instructions.ts";
import { guestOf, runExport } from "./support/text_guest.ts";

const TYPE_NAMES: Record<string, string> = { f: "f32", F: "f64", v: "v128", i: "i32", I: "i64" };
const WIDTH: Record<string, number> = { f: 4, F: 8, v: 16, i: 4, I: 8 };
const CANONICAL = { f32: 0x7fc00000n, f64: 0x7ff8000000000000n };
const ROUND = "ceil floor trunc nearest sqrt";
const BINARY = "add sub mul div min max";

function named(shapes: string[], names: string): string[] {
  return shapes.flatMap((shape) => names.split(" ").map((name) => `${shape}.${name}`));
}

const PRODUCERS = [
  ...named(["f32", "f64", "f32x4", "f64x2"], `${ROUND} ${BINARY}`),
  "f32.demote_f64",
  "f64.promote_f32",
  "f32x4.demote_f64x2_zero",
  "f64x2.promote_low_f32x4",
];
const KEEPERS = [
  ...named(["f32", "f64", "f32x4", "f64x2"], "abs neg"),
  ...named(["f32", "f64"], "copysign"),
  ...named(["f32x4", "f64x2"], "pmin pmax"),
];

/** Operands that make each operation give a NaN, some with signs and payloads of their own. */
const NANS = {
  f32: [0xffc00000n, 0x7fa00001n, 0xffffffffn, 0x7fc00123n],
  f64: [0xfff8000000000000n, 0x7ff4000000000001n, 0xffffffffffffffffn, 0x7ff8000000000123n],
};

function signatureOf(name: string): { takes: string; leaves: string } {
  const found = PLAIN.find((instruction) => instruction.name === name);
  if (found === undefined) throw new Error(`Cannot test ${name}: it is not in the table`);
  return found;
}

/** Whether operands are taken as lanes of 32 bits. */
function laneOf(name: string, type: string): "f32" | "f64" {
  if (type === "f") return "f32";
  if (type === "F") return "f64";
  return /f32x4\.(?!demote)|promote_low_f32x4/.test(name) ? "f32" : "f64";
}

function resultLane(name: string, leaves: string): "f32" | "f64" {
  if (leaves === "v") return name.startsWith("f32x4") ? "f32" : "f64";
  return leaves === "f" ? "f32" : "f64";
}

/** Runs one operation on operands with these bits, and gives the bits of the lanes of its result. */
function bitsOf(name: string, operands: bigint[], { nan = true } = {}): bigint[] {
  const { takes, leaves } = signatureOf(name);
  const loads = [...takes].map((type, index) =>
    `(${TYPE_NAMES[type]}.load (i32.const ${index * 16}))`
  );
  const parts = { fuel: true, stack: true, dirty: true, nan };
  const guest = guestOf(
    `(module (memory 1) (func (export "f") (${TYPE_NAMES[leaves]}.store (i32.const 64)
      (${name} ${loads.join(" ")}))))`,
    {},
    { parts },
  );
  const view = new DataView(guest.memory.buffer);
  [...takes].forEach((type, index) => {
    const lane = laneOf(name, type);
    for (let at = 0; at < (WIDTH[type] ?? 0); at += lane === "f32" ? 4 : 8) {
      const bits = operands[index] ?? 0n;
      if (lane === "f32") view.setUint32(index * 16 + at, Number(bits & 0xffffffffn), true);
      else view.setBigUint64(index * 16 + at, bits, true);
    }
  });
  expect(runExport(guest, "f").ok).toBe(true);
  const lane = resultLane(name, leaves);
  const count = (WIDTH[leaves] ?? 0) / (lane === "f32" ? 4 : 8);
  return Array.from(
    { length: count },
    (_, index) =>
      lane === "f32"
        ? BigInt(view.getUint32(64 + index * 4, true))
        : view.getBigUint64(64 + index * 8, true),
  );
}

describe("a NaN that arithmetic gives has the canonical bits", () => {
  test.each(PRODUCERS)("%s", (name) => {
    const { takes, leaves } = signatureOf(name);
    const canonical = CANONICAL[resultLane(name, leaves)];
    for (const index of [0, 1, 2, 3]) {
      const operands = [...takes].map((type) => NANS[laneOf(name, type)][index] ?? 0n);
      // `demote…_zero` fills its upper lanes with zeros.
      const given = bitsOf(name, operands).filter((bits) => bits !== 0n);
      expect(new Set(given)).toEqual(new Set([canonical]));
    }
  });

  test.each([["f32", "0x1p-149"], ["f64", "0x1p-1074"]])(
    "%s: 0 / 0, inf - inf, sqrt(-1)",
    (type) => {
      const wide = type === "f64";
      const guest = guestOf(`(module (memory 1) (func (export "f")
      (${type}.store (i32.const 0) (${type}.div (${type}.load (i32.const 80)) (${type}.load (i32.const 80))))
      (${type}.store (i32.const 16) (${type}.sub (${type}.const inf) (${type}.const inf)))
      (${type}.store (i32.const 32) (${type}.sqrt (${type}.const -1)))
      (${type}.store (i32.const 48) (${type}.neg (${type}.mul (${type}.const inf) (${type}.load (i32.const 80)))))))`);
      runExport(guest, "f");
      const view = new DataView(guest.memory.buffer);
      const at = (place: number) =>
        wide ? view.getBigUint64(place, true) : BigInt(view.getUint32(place, true));
      const canonical = CANONICAL[wide ? "f64" : "f32"];
      expect([at(0), at(16), at(32)]).toEqual([canonical, canonical, canonical]);
      expect(at(48)).toBe(canonical | (wide ? 1n << 63n : 1n << 31n));
    },
  );

  test("also where a result goes through other arithmetic before it is seen", () => {
    const guest = guestOf(`(module (memory 1)
      (func (export "f") (local f64) (local.set 0 (f64.load (i32.const 8)))
        (f64.store (i32.const 16) (f64.add (f64.mul (local.get 0) (f64.const -1)) (f64.const 1)))
        (f64.store (i32.const 24) (f64.neg (f64.mul (local.get 0) (f64.const -1))))
        (i64.store (i32.const 32) (i64.reinterpret_f64 (f64.min (local.get 0) (f64.const -1))))
        (f64.store (i32.const 40) (f64.copysign (f64.max (local.get 0) (f64.const 3)) (f64.const -1)))
        (f32.store (i32.const 48) (f32.demote_f64 (f64.sqrt (local.get 0))))
        (i32.store (i32.const 56) (f64.eq (f64.sqrt (local.get 0)) (f64.const 1)))
        (i32.store (i32.const 60) (i32.trunc_sat_f64_s (f64.sqrt (local.get 0))))))`);
    const view = new DataView(guest.memory.buffer);
    view.setBigUint64(8, 0xfff800000000beefn, true);
    expect(runExport(guest, "f").ok).toBe(true);
    const negative = CANONICAL.f64 | 1n << 63n;
    const seen = [16, 24, 32, 40].map((place) => view.getBigUint64(place, true));
    expect(seen).toEqual([CANONICAL.f64, negative, CANONICAL.f64, negative]);
    expect(view.getUint32(48, true)).toBe(Number(CANONICAL.f32));
    expect([view.getInt32(56, true), view.getInt32(60, true)]).toEqual([0, 0]);
  });
});

describe("an operation that only moves bits keeps sign and payload", () => {
  test.each(KEEPERS)("%s", (name) => {
    const { takes } = signatureOf(name);
    for (const index of [0, 1, 2, 3]) {
      const operands = [...takes].map((type) => NANS[laneOf(name, type)][index] ?? 0n);
      expect(bitsOf(name, operands)).toEqual(bitsOf(name, operands, { nan: false }));
    }
  });

  test("load, store, select, locals, reinterpretation", () => {
    const guest = guestOf(`(module (memory 1) (func (export "f") (local f32 f64)
      (local.set 0 (f32.load (i32.const 0)))
      (f32.store (i32.const 4) (select (local.get 0) (f32.const 1) (i32.const 1)))
      (local.set 1 (f64.reinterpret_i64 (i64.load (i32.const 8))))
      (f64.store (i32.const 16) (local.get 1))))`);
    const view = new DataView(guest.memory.buffer);
    view.setUint32(0, 0xffa00001, true);
    view.setBigUint64(8, 0xfff4000000000bad0n & 0xffffffffffffffffn, true);
    expect(runExport(guest, "f").ok).toBe(true);
    expect(view.getUint32(4, true)).toBe(0xffa00001);
    expect(view.getBigUint64(16, true)).toBe(view.getBigUint64(8, true));
  });
});

test.each(
  PLAIN.filter(({ leaves }) => leaves !== "" && "fFv".includes(leaves)).map(({ name }) => name),
)(
  "%s either is known to give NaNs of its own, or keeps to the specified bits",
  (name) => {
    const isArithmetic = /^f(32|64)(x\d)?\./.test(name) &&
      !/load|splat|lane|reinterpret|convert|abs|neg|copysign|pmin|pmax|(x\d\.(eq|ne|lt|gt|le|ge)$)/
        .test(name);
    expect(PRODUCERS.includes(name)).toBe(isArithmetic);
  },
);

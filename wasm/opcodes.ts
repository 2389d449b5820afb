import {
  add,
  FLOAT_COMPARE,
  INTEGER_COMPARE,
  type Opcode,
  PREFIX_FC,
  prefixed,
  type Table,
} from "./opcode_table.ts";
import { addSimd } from "./simd_opcodes.ts";

export { type Opcode, PREFIX_FC, PREFIX_FD } from "./opcode_table.ts";

/**
 * The instructions of WebAssembly 2.0 with tail calls and both exception-handling encodings, as in
 * the core specification, chapter 5.4, and the index of instructions in its appendix.
 */
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

const INTEGER_UNARY = ["clz", "ctz", "popcnt"];
const INTEGER_BINARY = [
  ..."add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr".split(" "),
];
const FLOAT_UNARY = ["abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt"];
const FLOAT_BINARY = ["add", "sub", "mul", "div", "min", "max", "copysign"];

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

/** The table: opcodes of one byte by their value; prefixed ones by `prefix << 16 | value`. */
export const OPCODES: ReadonlyMap<number, Opcode> = table();

/** A table over all instructions, by their position: `make` is called once for each. */
export function perOpcode<T>(make: (name: string, opcode: number, id: number) => T): readonly T[] {
  return [...OPCODES].map(([opcode, { name, id }]) => make(name, opcode, id));
}

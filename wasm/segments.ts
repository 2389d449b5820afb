import { instructions } from "./decode.ts";
import { malformed, unsupported } from "./errors.ts";
import { checkIndex } from "./indices.ts";
import { Reader } from "./reader.ts";
import { isValueType, type ParsedModule } from "./types.ts";

const CONSTANT =
  /^(i32\.const|i64\.const|f32\.const|f64\.const|v128\.const|ref\.null|ref\.func|global\.get|i(32|64)\.(add|sub|mul)|end)$/;

/** Most reads of globals in constant expressions: each is remembered. */
const MOST_CONSTANT_READS = 100_000;

/**
 * Passes over a constant expression (core specification 2.0, section 3.3.7, and extended constants), and
 * notes the functions that it refers to.
 *
 * @throws WasmFormatError for other instructions and for indices that are out of range.
 */
export function skipExpression(module: ParsedModule, reader: Reader): void {
  for (const { name, first, start, end } of instructions(reader)) {
    if (!CONSTANT.test(name)) throw malformed(`${name} is not constant`, start);
    if (name === "ref.func") refer(module, first, start);
    if (name === "global.get") {
      checkIndex(module, "globals", first, start);
      if (module.constantReads.length >= MOST_CONSTANT_READS) {
        throw unsupported(`more than ${MOST_CONSTANT_READS} reads of globals at the start`, start);
      }
      module.constantReads.push({ start, end, global: first });
    }
    if (name === "end") return;
  }
  throw malformed("a constant expression does not end", reader.position);
}

/**
 * Passes over an element segment (core specification 2.0, section 5.5.12), and notes its functions.
 *
 * @throws WasmFormatError for malformed segments and for indices that are out of range.
 */
export function skipElementSegment(module: ParsedModule, reader: Reader): void {
  const at = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw malformed("unknown flags of an element segment", at);
  const isActive = (flags & 1) === 0;
  const hasExpressions = (flags & 4) !== 0;
  if (isActive) {
    const place = reader.position;
    checkIndex(module, "tables", flags & 2 ? reader.u32() : 0, place);
    skipExpression(module, reader);
  }
  if (flags & 3) readElementKind(reader, hasExpressions);
  for (let count = reader.u32(); count > 0; count--) {
    const place = reader.position;
    if (hasExpressions) skipExpression(module, reader);
    else refer(module, reader.u32(), place);
  }
}

/** Notes that a reference of a function is taken. */
function refer(module: ParsedModule, index: number, at: number): void {
  checkIndex(module, "functions", index, at);
  module.referenced.add(index);
}

function readElementKind(reader: Reader, hasExpressions: boolean): void {
  const at = reader.position;
  const kind = reader.byte();
  if (hasExpressions ? isValueType(kind) : kind === 0) return;
  if (kind === 0x63 || kind === 0x64) throw unsupported("typed references", at);
  throw malformed("unknown kind of elements", at);
}

/**
 * Passes over a data segment (core specification 2.0, section 5.5.14).
 *
 * @returns The address behind the last byte that it fills at instantiation: 0 for a passive segment,
 * infinite where the address is not a plain constant.
 * @throws WasmFormatError for malformed segments and for indices that are out of range.
 */
export function skipDataSegment(module: ParsedModule, reader: Reader): number {
  const at = reader.position;
  const flags = reader.u32();
  if (flags > 2) throw malformed("unknown flags of a data segment", at);
  let address = 0;
  if (flags !== 1) {
    const place = reader.position;
    checkIndex(module, "memories", flags === 2 ? reader.u32() : 0, place);
    const start = reader.position;
    skipExpression(module, reader);
    address = plainConstant(reader, start);
  }
  const length = reader.u32();
  reader.skip(length);
  return flags === 1 ? 0 : address + length;
}

/** The value of a constant expression that is one `i32.const`; infinite for any other. */
function plainConstant({ bytes, position }: Reader, start: number): number {
  const reader = new Reader(bytes, start, position);
  if (reader.byte() !== 0x41) return Infinity;
  const value = reader.s33() >>> 0;
  return reader.position === position - 1 ? value : Infinity;
}

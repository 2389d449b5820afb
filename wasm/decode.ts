import { malformed, unsupported } from "./errors.ts";
import { type Opcode, OPCODES, PREFIX_FC, PREFIX_FD } from "./opcodes.ts";
import type { Reader } from "./reader.ts";

/** One instruction as it lies in the file. The decoder reuses one object: copy what must be kept. */
export interface Instruction {
  /** Opcode as in `OPCODES`. */
  opcode: number;
  name: string;
  info: Opcode;
  /** First byte, and the byte after the last. */
  start: number;
  end: number;
  /** First index, label (the greatest of several), block type (signed), lane or memory offset. */
  first: number;
  /** Second index; of `try_table` the greatest label. */
  second: number;
}

const ONE_BYTE: (Opcode | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => OPCODES.get(code),
);

/**
 * Reads instructions one after the other until the reader's end.
 *
 * @yields The same object each time, with new content.
 * @throws WasmFormatError that names an opcode Cupel does not know.
 */
export function* instructions(reader: Reader): Generator<Instruction> {
  const instruction = newInstruction();
  while (reader.position < reader.end) {
    readInstruction(reader, instruction);
    yield instruction;
  }
}

/** An instruction to read others into. */
export function newInstruction(): Instruction {
  const info = OPCODES.get(1);
  if (info === undefined) throw malformed("the table of instructions is broken", 0);
  return { opcode: 1, name: info.name, info, start: 0, end: 0, first: 0, second: 0 };
}

/** Reads one instruction into `into`. */
export function readInstruction(reader: Reader, into: Instruction): void {
  into.start = reader.position;
  const byte = reader.byte();
  let opcode = byte;
  let info = ONE_BYTE[byte];
  if (info === undefined) {
    opcode = prefixedOpcode(byte, reader);
    info = OPCODES.get(opcode);
    if (info === undefined) throw unknownOpcode(byte, opcode & 0xffff, into.start);
  }
  into.opcode = opcode;
  into.name = info.name;
  into.info = info;
  readImmediates(reader, into);
  into.end = reader.position;
}

function prefixedOpcode(byte: number, reader: Reader): number {
  if (byte === 0xfc) return PREFIX_FC | Math.min(reader.u32(), 0xffff);
  if (byte === 0xfd) return PREFIX_FD | Math.min(reader.u32(), 0xffff);
  return byte;
}

function unknownOpcode(byte: number, second: number, at: number): Error {
  const hex = (value: number) => `0x${value.toString(16)}`;
  if (byte === 0xfe) return unsupported("atomic instructions (threads)", at);
  if (byte === 0xfb) return unsupported("instructions of garbage collection", at);
  if (byte === 0xfd && second >= 256) {
    return unsupported(`relaxed SIMD, which is not deterministic (opcode 0xfd ${second})`, at);
  }
  if (byte >= 0xd3 && byte <= 0xd6) return unsupported(`typed references (${hex(byte)})`, at);
  if (byte === 0x14 || byte === 0x15) return unsupported(`typed references (${hex(byte)})`, at);
  const name = byte >= 0xfc ? `${hex(byte)} ${second}` : hex(byte);
  return unsupported(`unknown opcode ${name}`, at);
}

function readImmediates(reader: Reader, into: Instruction): void {
  switch (into.info.immediates) {
    case "none":
      return;
    case "block":
      into.first = reader.s33();
      return;
    case "label":
    case "index":
      into.first = reader.u32();
      return;
    case "index2":
      into.first = reader.u32();
      into.second = reader.u32();
      return;
    case "memory":
    case "memory+lane":
      readMemoryArgument(reader, into);
      return;
    case "lane":
      into.first = reader.byte();
      return;
    case "i32":
      return reader.skipLeb(32);
    case "i64":
      return reader.skipLeb(64);
    case "4 bytes":
      return reader.skip(4);
    case "8 bytes":
      return reader.skip(8);
    case "16 bytes":
      return reader.skip(16);
    default:
      readListImmediates(reader, into);
  }
}

function readMemoryArgument(reader: Reader, into: Instruction): void {
  const at = reader.position;
  if (reader.u32() & 0x40) throw unsupported("several memories", at);
  into.first = reader.u32();
  if (into.info.immediates === "memory+lane") reader.byte();
}

function readListImmediates(reader: Reader, into: Instruction): void {
  switch (into.info.immediates) {
    case "labels":
      into.first = 0;
      for (let count = reader.u32(); count >= 0; count--) {
        into.first = Math.max(into.first, reader.u32());
      }
      return;
    case "types":
      for (let count = reader.u32(); count > 0; count--) reader.byte();
      return;
    case "heap":
      return readHeapType(reader, into);
    case "catches":
      into.first = reader.s33();
      into.second = readCatches(reader);
  }
}

/** The heap types that have a short form: func, extern and exn. Others are typed references. */
const HEAP_TYPES = new Set([0x70, 0x6f, 0x69].map((byte) => byte - 0x80));

function readHeapType(reader: Reader, into: Instruction): void {
  const at = reader.position;
  into.first = reader.s33();
  if (!HEAP_TYPES.has(into.first)) throw unsupported("typed references", at);
}

/** Catch clauses of `try_table`: 0 catch, 1 catch_ref, 2 catch_all, 3 catch_all_ref. Gives the greatest label. */
function readCatches(reader: Reader): number {
  let greatest = 0;
  for (let count = reader.u32(); count > 0; count--) {
    const at = reader.position;
    const kind = reader.byte();
    if (kind > 3) throw malformed(`unknown catch clause ${kind}`, at);
    if (kind < 2) reader.u32();
    greatest = Math.max(greatest, reader.u32());
  }
  return greatest;
}

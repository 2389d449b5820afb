/** Opcodes that the rewriting itself emits. */
export const OP = {
  unreachable: 0x00,
  block: 0x02,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  return: 0x0f,
  call: 0x10,
  delegate: 0x18,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32LtS: 0x48,
  i32LtU: 0x49,
  i32LeU: 0x4d,
  i64LtS: 0x53,
  f32Eq: 0x5b,
  f64Eq: 0x61,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Or: 0x72,
  i32Mul: 0x6c,
  i32Shl: 0x74,
  i32ShrU: 0x76,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64ExtendI32U: 0xad,
  i64TruncF64S: 0xb0,
  f64ConvertI64S: 0xb9,
} as const;

/** The empty block type. */
export const EMPTY_BLOCK = 0x40;

/** An unsigned LEB128 integer below 2^32. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** A signed LEB128 integer: any safe integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = ((rest % 128) + 128) % 128;
    rest = (rest - low) / 128;
    const done = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

/** An instruction with one unsigned index. */
export function withIndex(opcode: number, index: number): number[] {
  return index < 0x80 ? [opcode, index] : [opcode, ...unsigned(index)];
}

/** `i32.const`: any 32-bit pattern, signed or unsigned. */
export function i32Const(value: number): number[] {
  return [0x41, ...signed(value | 0)];
}

/** `i64.const` of a safe integer. */
export function i64Const(value: number): number[] {
  return [0x42, ...signed(value)];
}

/** The constant zero, or null, of a value type, as an instruction. */
export function zeroOf(type: number): number[] {
  switch (type) {
    case 0x7f:
      return [0x41, 0];
    case 0x7e:
      return [0x42, 0];
    case 0x7d:
      return [0x43, 0, 0, 0, 0];
    case 0x7c:
      return [0x44, 0, 0, 0, 0, 0, 0, 0, 0];
    case 0x7b:
      return [0xfd, 12, ...new Array<number>(16).fill(0)];
    default:
      return [0xd0, type];
  }
}

const LENGTH = 1 << 12;

function tableOf(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, at) => {
    let value = at;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 0xedb88320 : value >>> 1;
    return value;
  });
}

/** Marsaglia's xorshift, as in kernel.h. */
function randomBytes(): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: LENGTH }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
}

/** The twin of crc32.c. */
export function run(n: number): number {
  const table = tableOf();
  const data = randomBytes();
  let crc = -1;
  for (let turn = 0; turn < n; turn++) {
    for (let at = 0; at < LENGTH; at++) {
      crc = (table[(crc ^ (data[at] ?? 0)) & 255] ?? 0) ^ crc >>> 8;
    }
  }
  return ~crc;
}

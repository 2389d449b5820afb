/** A component of sections, each an id and its content. */
export function componentOf(...sections: readonly [id: number, content: Uint8Array][]): Uint8Array {
  return joined([Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), ...sections.map(section)]);
}

/** A core module of sections, each an id and its content. */
export function moduleOf(...sections: readonly [id: number, content: Uint8Array][]): Uint8Array {
  return joined([Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), ...sections.map(section)]);
}

function section([id, content]: [id: number, content: Uint8Array]): Uint8Array {
  return joined([[id], unsigned(content.length), content]);
}

/** Bytes behind each other. */
export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** An integer as LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...unsigned(value >>> 7)];
}

/** A name: its length, then its bytes. */
export function named(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(name);
  return joined([unsigned(bytes.length), bytes]);
}

/** A vector of elements that are made one by one. */
export function vectorOf(
  count: number,
  make: (at: number) => Uint8Array | readonly number[],
): Uint8Array {
  return joined([unsigned(count), ...Array.from({ length: count }, (_, at) => make(at))]);
}

/** A label, another one for each number. */
export function label(at: number): string {
  return `a${at.toString(36)}`;
}

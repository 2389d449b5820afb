import type { ParsedModule } from "./types.ts";
import { Writer } from "./writer.ts";

/** Writes one entry of a section that is a vector. */
export type SectionEntry = (into: Writer) => void;

/** A section of a module, with entries put behind those it has. */
export function appended(
  module: ParsedModule,
  id: number,
  entries: readonly SectionEntry[],
): Writer {
  const section = module.sections.find((candidate) => candidate.id === id);
  return section === undefined
    ? extended(new Uint8Array([0]), entries)
    : extended(module.bytes.subarray(section.start, section.end), entries);
}

/** The content of a section that is a vector, with entries put behind those it has. */
export function extended(content: Uint8Array, entries: readonly SectionEntry[]): Writer {
  const count = vectorCount(content);
  const into = new Writer(content.length + 1024).u32(count.value + entries.length)
    .range(content, count.length, content.length);
  for (const write of entries) write(into);
  return into;
}

/** The number of entries of a vector, and how many bytes that number takes. */
function vectorCount(content: Uint8Array): { value: number; length: number } {
  let value = 0;
  let length = 0;
  for (;;) {
    const byte = content[length] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * length++);
    if (byte < 0x80) return { value, length };
  }
}

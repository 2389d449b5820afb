import type { Additions } from "./additions.ts";
import { OP, unsigned, withIndex } from "./assemble.ts";
import { EditList } from "./edits.ts";
import {
  DIRTY_MAP_BYTES,
  type GroupRole,
  type Layout,
  SHARED_DIRTY,
  SHARED_GLOBALS,
  SHARED_MODULE,
  WASM_PAGE_BYTES,
} from "./layout.ts";
import { SECTION } from "./module.ts";
import { EXTERNAL_KINDS, I32, I64, type ParsedModule } from "./types.ts";
import { extended, type SectionEntry } from "./vector_section.ts";
import { Writer } from "./writer.ts";

const DIRTY_PAGES = unsigned(DIRTY_MAP_BYTES / WASM_PAGE_BYTES);

/** The size of a dirty map as the binary format has it. */
export const DIRTY_MAP_SIZE: number[] = [1, ...DIRTY_PAGES, ...DIRTY_PAGES];

/**
 * Changes the sections of a rewritten module so that it can be a member of a group: it imports what the
 * members share, and its own globals move up behind those.
 *
 * @param sections The sections as rewritten for a module that stands alone.
 * @param exports What the rewriting exports.
 */
export function link(
  additions: Additions,
  sections: Map<number, Writer>,
  exports: readonly SectionEntry[],
): void {
  const { module } = additions;
  const imported = sections.get(SECTION.import) ?? new Writer();
  const before = imported.length === 0 ? new Uint8Array([0]) : imported.toBytes();
  sections.set(SECTION.import, extended(before, sharedImports(module)));
  sections.set(SECTION.export, extended(ownExports(additions).toBytes(), exports));
  for (const id of [SECTION.element, SECTION.data]) {
    const renamed = renamedReads(additions, id);
    if (renamed !== undefined) sections.set(id, renamed);
  }
}

/** The module's own globals, whose initial values may read others. */
export function ownGlobals(additions: Additions): Uint8Array {
  return renamedReads(additions, SECTION.global)?.toBytes() ?? new Uint8Array([0]);
}

/** What a group has to know of a module. */
export function describeLinks(
  module: ParsedModule,
  pages: number,
  role: GroupRole,
): NonNullable<Layout["linked"]> {
  const memory = module.imports.find(({ kind }) => kind === "memory");
  const tables = module.tables.slice(module.importedTables);
  return {
    role,
    ...(memory ? { memory: { module: memory.module, name: memory.name } } : {}),
    pages: memory ? 0 : pages,
    elements: tables.reduce((sum, { minimum }) => sum + minimum, 0),
    starts: module.start !== undefined,
  };
}

function sharedImports(module: ParsedModule): SectionEntry[] {
  const globals = SHARED_GLOBALS.map(({ name, type }): SectionEntry => (into) => {
    into.name(SHARED_MODULE).name(name).byte(3).byte(type === "i64" ? I64 : I32).byte(1);
  });
  if (module.importedMemories === 0) return globals;
  return [...globals, (into) => {
    into.name(SHARED_MODULE).name(SHARED_DIRTY).byte(2).raw(DIRTY_MAP_SIZE);
  }];
}

function ownExports(additions: Additions): Writer {
  const { exports } = additions.module;
  const into = new Writer(1024).u32(exports.length);
  for (const { name, kind, index } of exports) {
    into.name(name).byte(EXTERNAL_KINDS.indexOf(kind));
    into.u32(kind === "global" ? additions.global(index) : index);
  }
  return into;
}

/** A section in which constant expressions read the globals by their new names; undefined without it. */
function renamedReads(additions: Additions, id: number): Writer | undefined {
  const { module } = additions;
  const section = module.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return undefined;
  const edits = new EditList();
  for (const { start, end, global } of module.constantReads) {
    if (start < section.start || end > section.end) continue;
    edits.replace(start, end, withIndex(OP.globalGet, additions.global(global)));
  }
  const content = new Writer(section.end - section.start + 64);
  edits.apply(module.bytes, section.start, section.end, content);
  return content;
}

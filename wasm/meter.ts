import { Additions } from "./additions.ts";
import { i32Const, i64Const, OP, zeroOf } from "./assemble.ts";
import { branchHints } from "./branch_hints.ts";
import { describeLinks, DIRTY_MAP_SIZE, link, ownGlobals } from "./link.ts";
import { appended, extended, type SectionEntry } from "./vector_section.ts";
import { checkEdits } from "./bounds.ts";
import { capMemory, type Caps, capTable, sizeBytes } from "./caps.ts";
import { addControlFunctions, mutableGlobals } from "./control_functions.ts";
import { type CostModel, DEFAULT_COSTS } from "./cost.ts";
import { EditList } from "./edits.ts";
import { malformed } from "./errors.ts";
import { BodyWriter, type Parts, walkBody } from "./function_body.ts";
import { planFunctions } from "./plan.ts";
import {
  counterExport,
  type GroupRole,
  type Layout,
  type MeteredModule,
  NAMES,
  SHARED_GLOBALS,
} from "./layout.ts";
import { parseModule, SECTION, SECTION_ORDER } from "./module.ts";
import { I32, I64, type ParsedModule } from "./types.ts";
import { Writer } from "./writer.ts";

/** How a module is rewritten. */
export interface MeterOptions extends Caps {
  costs?: CostModel;
  /**
   * Whether imported functions may call back into the guest. True unless said otherwise; a host that
   * never does gets faster code.
   */
  hostCallsBack?: boolean;
  /** Whether another thread can stop the guest, through a shared memory. True unless said otherwise. */
  interruptible?: boolean;
  /**
   * For a module of a `MeteredGroup`: whether it is the only one or shares what is counted with others. Its
   * start function is left to the group. Undefined for one that stands alone, a `MeteredInstance`.
   */
  group?: GroupRole;
  /** Leaves parts out, to measure what each costs. Without all of them the module is not safe. */
  parts?: Parts;
}

/** Fuel and stack for what runs at instantiation, before the host can set a budget: about a second. */
const START_FUEL = 10_000_000_000;
const START_STACK = 256 * 1024;

/** Custom sections that stay true when code moves; the others (debug information) are dropped. */
const KEPT_SECTIONS = new Set(["name", "producers", "target_features"]);

/**
 * Rewrites a WebAssembly module so that it counts fuel and depth, marks the memory it writes, gives the
 * same NaNs everywhere, and keeps its memory and tables under caps. See docs/metering.md.
 *
 * The same bytes and options always give the same bytes. Time is linear in the size.
 *
 * @param bytes A core module.
 * @returns The rewritten module and what an instance must know of it.
 * @throws WasmFormatError for malformed modules and refused features.
 *
 * @example
 * ```ts
 * const { bytes, layout } = meter(original, { memory: { maximumPages: 256 } });
 * const guest = MeteredInstance.create(new WebAssembly.Module(bytes), layout, {});
 * ```
 */
export function meter(bytes: Uint8Array, options: MeterOptions = {}): MeteredModule {
  const module = parseModule(bytes);
  const additions = new Additions(module, options.interruptible ?? true, options.group);
  const code = rewriteCode(additions, options);
  const layout = describe(module, options);
  const sections = new Map<number, Writer>();
  const exports = [
    ...coreExports(additions, layout),
    ...tableExports(layout),
    ...controlExports(additions),
  ];
  sections.set(SECTION.code, codeSection(code.bodies, additions));
  sections.set(SECTION.export, appended(module, SECTION.export, exports));
  sections.set(SECTION.global, extended(ownGlobals(additions), newGlobals(additions)));
  sections.set(SECTION.function, appended(module, SECTION.function, newFunctions(additions)));
  sections.set(SECTION.type, appended(module, SECTION.type, newTypes(additions)));
  sections.set(SECTION.memory, memorySection(additions, layout, options));
  sections.set(SECTION.import, cappedSection(module, SECTION.import, options));
  sections.set(SECTION.table, cappedSection(module, SECTION.table, options));
  if (options.group !== undefined) sections.set(SECTION.start, new Writer());
  if (options.group === "member") link(additions, sections, exports);
  return { bytes: assemble(module, sections, code.hints), layout };
}

interface RewrittenCode {
  bodies: Writer;
  hints: Writer;
}

function rewriteCode(additions: Additions, options: MeterOptions): RewrittenCode {
  const { module } = additions;
  const costs = options.costs ?? DEFAULT_COSTS;
  let edits = 0;
  const bodies = module.bodies.map((body, index) => {
    const type = module.types[module.functions[module.importedFunctions + index] ?? -1];
    if (type === undefined) throw malformed("a function has no type", body.start);
    const walked = walkBody(additions, costs, type, body, options.parts);
    edits += walked.context.edits.count;
    checkEdits(edits, "module", body.start);
    return walked;
  });
  planFunctions(module, bodies, options.hostCallsBack ?? true, options.group === "member");
  const code = new Writer(module.bytes.length * 2);
  const writer = new BodyWriter();
  const unlikely = bodies.map((body) => writer.write(body, code));
  return { bodies: code, hints: branchHints(unlikely, module.importedFunctions) };
}

function describe(module: ParsedModule, options: MeterOptions): Layout {
  const [memory] = module.memories;
  const capped = memory && capMemory(memory, options);
  return {
    memory: capped
      ? {
        minimum: capped.minimum,
        maximum: capped.maximum,
        imported: module.importedMemories > 0,
        dataEnd: Number.isFinite(module.dataEnd) ? module.dataEnd : null,
      }
      : null,
    interruptible: options.interruptible ?? true,
    tables: module.tables.map((_, index) => index),
    ...(options.group === undefined
      ? {}
      : { linked: describeLinks(module, capped?.minimum ?? 0, options.group) }),
  };
}

/** An export as the binary format has it. */
function exportEntry(name: string, kind: number, index: number): SectionEntry {
  return (into) => into.name(name).byte(kind).u32(index);
}

function coreExports(additions: Additions, { linked }: Layout): SectionEntry[] {
  const counted = linked?.role === "member" ? [] : SHARED_GLOBALS;
  const entries = counted.map(({ name }, place) =>
    exportEntry(counterExport(name), 3, additions.fuel + place)
  );
  const { start } = additions.module;
  if (linked?.starts && start !== undefined) entries.push(exportEntry(NAMES.start, 0, start));
  if (additions.interrupt !== undefined) {
    entries.push(exportEntry(NAMES.interrupt, 2, additions.interrupt));
  }
  if (additions.dirtyMap === undefined) return entries;
  entries.push(exportEntry(NAMES.memory, 2, 0));
  entries.push(exportEntry(NAMES.dirty, 2, additions.dirtyMap));
  return entries;
}

function tableExports(layout: Layout): SectionEntry[] {
  return layout.tables.map((index) => exportEntry(`${NAMES.table}${index}`, 1, index));
}

function controlExports(additions: Additions): SectionEntry[] {
  return addControlFunctions(additions).map(({ name, index }) => exportEntry(name, 0, index));
}

function newGlobals(additions: Additions): SectionEntry[] {
  const entry = (type: number, init: readonly number[]) => (into: Writer) => {
    into.byte(type).byte(1).raw(init).byte(OP.end);
  };
  const initial: Record<string, number> = { fuel: START_FUEL, stack: START_STACK };
  const counted = (additions.role === "member" ? [] : SHARED_GLOBALS).map(({ name, type }) => {
    const value = initial[name] ?? 0;
    return type === "i64" ? entry(I64, i64Const(value)) : entry(I32, i32Const(value));
  });
  const flag = entry(I32, i32Const(0));
  return [
    ...counted,
    ...[flag, flag],
    ...mutableGlobals(additions).map(([, , type]) => entry(type, zeroOf(type))),
  ];
}

function newFunctions(additions: Additions): SectionEntry[] {
  return additions.functions.map(({ type }) => (into) => into.u32(type));
}

function newTypes(additions: Additions): SectionEntry[] {
  return additions.types.map(({ params, results }) => (into) => {
    into.byte(0x60).u32(params.length).raw(params).u32(results.length).raw(results);
  });
}

/** The module's own memory, then that of the dirty map, then the one that interrupts. */
function memorySection(additions: Additions, layout: Layout, options: MeterOptions): Writer {
  const { module } = additions;
  const sizes = module.memories.slice(module.importedMemories)
    .map((size) => sizeBytes(capMemory(size, options)));
  if (layout.memory !== null && layout.linked?.memory === undefined) sizes.push(DIRTY_MAP_SIZE);
  if (additions.interrupt !== undefined) sizes.push([3, 1, 1]); // shared, one page
  const content = new Writer();
  if (sizes.length === 0) return content;
  content.u32(sizes.length);
  for (const size of sizes) content.raw(size);
  return content;
}

/** Imports or tables with their sizes clamped. */
function cappedSection(module: ParsedModule, id: number, options: MeterOptions): Writer {
  const section = module.sections.find((candidate) => candidate.id === id);
  const content = new Writer(1024);
  if (section === undefined) return content;
  const edits = new EditList();
  const sizes = [
    ...module.memories.map((size) => ({ size, capped: capMemory(size, options) })),
    ...module.tables.map((size) => ({ size, capped: capTable(size, options) })),
  ];
  // An import without a maximum takes any: with one it would refuse what has none.
  const open = id === SECTION.import && options.memory === undefined && options.table === undefined;
  sizes
    .filter(({ size }) => !open || size.maximum !== undefined)
    .filter(({ size }) => size.start >= section.start && size.end <= section.end)
    .sort((a, b) => a.size.start - b.size.start)
    .forEach(({ size, capped }) => edits.replace(size.start, size.end, sizeBytes(capped)));
  edits.apply(module.bytes, section.start, section.end, content);
  return content;
}

function codeSection(code: Writer, additions: Additions): Writer {
  const count = additions.module.bodies.length + additions.functions.length;
  const content = new Writer(code.length + 4096).u32(count).raw(code.view());
  for (const { body } of additions.functions) content.u32(body.length).raw(body);
  return content;
}

/** Puts the sections in order: new ones where there are, the module's own otherwise. */
function assemble(
  module: ParsedModule,
  sections: ReadonlyMap<number, Writer>,
  hints: Writer,
): Uint8Array<ArrayBuffer> {
  const out = new Writer(module.bytes.length * 2).raw(module.bytes.subarray(0, 8));
  for (const id of SECTION_ORDER) {
    if (id === SECTION.code) out.section(SECTION.custom, hints);
    const rewritten = sections.get(id);
    const own = module.sections.find((candidate) => candidate.id === id);
    if (rewritten !== undefined) {
      if (rewritten.length > 0) out.section(id, rewritten);
    } else if (own) {
      out.byte(id).u32(own.end - own.start).range(module.bytes, own.start, own.end);
    }
  }
  for (const { id, name, start, end } of module.sections) {
    if (id !== SECTION.custom || !KEPT_SECTIONS.has(name ?? "")) continue;
    out.byte(id).u32(end - start).range(module.bytes, start, end);
  }
  return out.toBytes();
}

import {
  boundedName,
  checkSection,
  MOST_BODY_BYTES,
  MOST_FUNCTIONS,
  MOST_PARAMETERS,
  repeat,
} from "./bounds.ts";
import { malformed, unsupported } from "./errors.ts";
import { checkIndex, type Space } from "./indices.ts";
import { RESERVED_PREFIX } from "./layout.ts";
import { Reader } from "./reader.ts";
import { skipDataSegment, skipElementSegment, skipExpression } from "./segments.ts";
import {
  EXNREF,
  EXTERNAL_KINDS,
  type ExternalKind,
  type FunctionType,
  type GlobalType,
  isValueType,
  type ParsedModule,
  type SizeLimits,
  type TableType,
} from "./types.ts";

/** Section ids of the binary format. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** The order that sections must have in a file: tags stand between memories and globals. */
export const SECTION_ORDER: readonly number[] = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

/**
 * Reads a WebAssembly binary (core specification 2.0, section 5.5; tags as in exception handling).
 *
 * @param bytes The whole module.
 * @returns What the rewriting needs; element and data sections are kept as bytes.
 * @throws WasmFormatError for malformed input and for features that Cupel refuses (threads, memory64,
 * several memories, garbage collection, typed function references, components).
 */
export function parseModule(bytes: Uint8Array): ParsedModule {
  const module: ParsedModule = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functions: [],
    importedFunctions: 0,
    tables: [],
    importedTables: 0,
    memories: [],
    importedMemories: 0,
    globals: [],
    importedGlobals: 0,
    tags: [],
    exports: [],
    referenced: new Set(),
    constantReads: [],
    dataEnd: 0,
    bodies: [],
  };
  const reader = new Reader(bytes);
  readHeader(reader);
  let last = -1;
  while (reader.position < bytes.length) last = readSection(module, reader, last);
  checkModule(module);
  return module;
}

function readHeader(reader: Reader): void {
  const magic = [0x00, 0x61, 0x73, 0x6d];
  if (reader.bytes.length < 8 || magic.some((byte, at) => reader.bytes[at] !== byte)) {
    throw malformed("it does not start with the bytes \\0asm", 0);
  }
  reader.skip(4);
  const version = reader.byte() | (reader.byte() << 8);
  const layer = reader.byte() | (reader.byte() << 8);
  if (layer === 1) throw unsupported("it is a component, not a core module", 4);
  if (version !== 1 || layer !== 0) throw malformed(`unknown version ${version}`, 4);
}

/** Reads one section; gives its place in the order, which must rise. */
function readSection(module: ParsedModule, reader: Reader, last: number): number {
  const at = reader.position;
  const id = reader.byte();
  const size = reader.u32();
  checkSection(module.sections.length, id, size, at);
  const start = reader.position;
  reader.skip(size);
  const content = new Reader(module.bytes, start, start + size);
  if (id === SECTION.custom) {
    module.sections.push({ id, start, end: start + size, name: content.name() });
    return last;
  }
  const place = SECTION_ORDER.indexOf(id);
  if (place < 0) throw unsupported(`unknown section ${id}`, at);
  if (place <= last) throw malformed(`section ${id} is out of order or stands twice`, at);
  module.sections.push({ id, start, end: start + size });
  const read = SECTION_READERS[id];
  if (read === undefined) return place;
  read(module, content);
  if (content.position !== content.end) throw malformed(`section ${id} has a wrong size`, at);
  return place;
}

const SECTION_READERS: Record<number, (module: ParsedModule, reader: Reader) => void> = {
  [SECTION.type]: (module, reader) => {
    repeat(reader, "types", () => module.types.push(readFunctionType(reader)));
  },
  [SECTION.import]: (module, reader) => {
    repeat(reader, "imports", () => readImport(module, reader));
  },
  [SECTION.function]: (module, reader) => {
    const readOne = () => module.functions.push(readTypeIndex(module, reader));
    repeat(reader, "functions", readOne, MOST_FUNCTIONS);
  },
  [SECTION.table]: (module, reader) => {
    repeat(reader, "tables", () => module.tables.push(readTableType(reader)));
  },
  [SECTION.memory]: (module, reader) => {
    repeat(reader, "memories", () => module.memories.push(readMemoryType(reader)));
  },
  [SECTION.tag]: (module, reader) => {
    repeat(reader, "tags", () => module.tags.push(readTag(module, reader)));
  },
  [SECTION.global]: (module, reader) => {
    repeat(reader, "globals", () => {
      module.globals.push(readGlobalType(reader));
      skipExpression(module, reader);
    });
  },
  [SECTION.export]: (module, reader) => {
    repeat(reader, "exports", () => readExport(module, reader));
  },
  [SECTION.start]: (module, reader) => {
    const at = reader.position;
    module.start = reader.u32();
    checkIndex(module, "functions", module.start, at);
  },
  [SECTION.element]: (module, reader) => {
    repeat(reader, "element segments", () => skipElementSegment(module, reader));
  },
  [SECTION.data]: (module, reader) => {
    repeat(reader, "data segments", () => {
      module.dataEnd = Math.max(module.dataEnd, skipDataSegment(module, reader));
    });
  },
  [SECTION.code]: (module, reader) => {
    repeat(reader, "functions", () => {
      const size = reader.u32();
      const start = reader.position;
      if (size > MOST_BODY_BYTES) {
        throw unsupported(`a function of more than ${MOST_BODY_BYTES} bytes`, start);
      }
      reader.skip(size);
      module.bodies.push({ start, end: start + size });
    }, MOST_FUNCTIONS);
  },
};

function readTypeIndex(module: ParsedModule, reader: Reader): number {
  const at = reader.position;
  const index = reader.u32();
  if (index >= module.types.length) throw malformed(`type ${index} is not defined`, at);
  return index;
}

function readValueType(reader: Reader): number {
  const at = reader.position;
  const byte = reader.byte();
  if (isValueType(byte)) return byte;
  if (byte === 0x63 || byte === 0x64) throw unsupported("typed references", at);
  throw unsupported(`value type 0x${byte.toString(16)}`, at);
}

function readFunctionType(reader: Reader): FunctionType {
  const at = reader.position;
  const form = reader.byte();
  if (form !== 0x60) {
    const garbageCollection = [0x4e, 0x4f, 0x50, 0x5e, 0x5f].includes(form);
    throw unsupported(
      garbageCollection ? "types of garbage collection" : `type form 0x${form.toString(16)}`,
      at,
    );
  }
  const type: FunctionType = { params: [], results: [] };
  repeat(reader, "parameters", () => type.params.push(readValueType(reader)), MOST_PARAMETERS);
  repeat(reader, "results", () => type.results.push(readValueType(reader)), MOST_PARAMETERS);
  return type;
}

function readKind(reader: Reader): ExternalKind {
  const at = reader.position;
  const kind = EXTERNAL_KINDS[reader.byte()];
  if (kind === undefined) throw malformed("unknown kind of import or export", at);
  return kind;
}

function readImport(module: ParsedModule, reader: Reader): void {
  const at = reader.position;
  const from = boundedName(reader);
  const name = boundedName(reader);
  if (from.startsWith(RESERVED_PREFIX)) {
    throw unsupported(`the import module "${from}" is reserved`, at);
  }
  const kind = readKind(reader);
  module.imports.push({ module: from, name, kind });
  switch (kind) {
    case "function":
      module.functions.push(readTypeIndex(module, reader));
      module.importedFunctions++;
      return;
    case "table":
      module.tables.push(readTableType(reader));
      module.importedTables++;
      return;
    case "memory":
      module.memories.push(readMemoryType(reader));
      module.importedMemories++;
      return;
    case "global":
      module.globals.push(readGlobalType(reader));
      module.importedGlobals++;
      return;
    case "tag":
      module.tags.push(readTag(module, reader));
  }
}

function readSizeLimits(reader: Reader): SizeLimits {
  const at = reader.position;
  const flags = reader.byte();
  if (flags & 0b1000) throw unsupported("custom page sizes", at);
  if (flags & 0b0100) throw unsupported("64-bit memories and tables (memory64)", at);
  if (flags & 0b0010) throw unsupported("shared memories (threads)", at);
  if (flags > 1) throw malformed("unknown flags of a size", at);
  const minimum = reader.u32();
  const maximum = flags === 1 ? reader.u32() : undefined;
  const range = { start: at, end: reader.position };
  return maximum === undefined ? { minimum, ...range } : { minimum, maximum, ...range };
}

function readTableType(reader: Reader): TableType {
  const at = reader.position;
  const element = reader.byte();
  if (element === 0x40) throw unsupported("tables with an initialiser", at);
  if (element === 0x63 || element === 0x64) throw unsupported("typed references", at);
  // Hosts cannot read elements that are exceptions, so no image could hold them.
  if (element === EXNREF) throw unsupported("tables of exceptions", at);
  if (!isValueType(element)) throw unsupported(`table of type 0x${element.toString(16)}`, at);
  return { element, ...readSizeLimits(reader) };
}

function readMemoryType(reader: Reader): SizeLimits {
  const at = reader.position;
  const limits = readSizeLimits(reader);
  if (limits.minimum > 65536) throw malformed("a memory is larger than 4 GiB", at);
  return limits;
}

function readGlobalType(reader: Reader): GlobalType {
  const type = readValueType(reader);
  const at = reader.position;
  const mutability = reader.byte();
  if (mutability & 0b10) throw unsupported("shared globals (threads)", at);
  if (mutability > 1) throw malformed("unknown mutability of a global", at);
  return { type, mutable: mutability === 1 };
}

function readTag(module: ParsedModule, reader: Reader): number {
  const at = reader.position;
  if (reader.byte() !== 0) throw malformed("unknown attribute of a tag", at);
  return readTypeIndex(module, reader);
}

const SPACE_OF: Record<ExternalKind, Space> = {
  function: "functions",
  table: "tables",
  memory: "memories",
  global: "globals",
  tag: "tags",
};

function readExport(module: ParsedModule, reader: Reader): void {
  const at = reader.position;
  const name = boundedName(reader);
  if (name.startsWith(RESERVED_PREFIX)) {
    throw unsupported(`the export name "${name}" is reserved`, at);
  }
  const kind = readKind(reader);
  const index = reader.u32();
  checkIndex(module, SPACE_OF[kind], index, at);
  module.exports.push({ name, kind, index });
}

function checkModule(module: ParsedModule): void {
  const [, second] = module.memories;
  if (second !== undefined) throw unsupported("several memories", second.start);
  const defined = module.functions.length - module.importedFunctions;
  if (defined !== module.bodies.length) {
    throw malformed(`${defined} functions are declared and ${module.bodies.length} defined`, 0);
  }
}

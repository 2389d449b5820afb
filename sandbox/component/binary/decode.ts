import { WasmFormatError } from "../../../wasm/errors.ts";
import { ComponentFormatError, malformed, unsupported } from "../errors.ts";
import { readAlias } from "./aliases.ts";
import { readCanon } from "./canon.ts";
import { skipCoreType } from "./core_types.ts";
import { Cursor } from "./cursor.ts";
import type {
  ComponentDefinition,
  CoreModuleBytes,
  DecodedComponent,
  Definition,
  DefinitionBody,
} from "./definitions.ts";
import { addExtern, readExternType } from "./externs.ts";
import { readCoreInstance, readInstance } from "./instances.ts";
import { Spaces } from "./spaces.ts";
import { MOST_NESTING, readType } from "./types.ts";

/** Most core modules, those of nested components included: each is read, however small it is. */
const MOST_CORE_MODULES = 1000;

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Version 0x0d of layer 1: what all tools have written since 2023. */
const VERSION = 0x0d;

/** Whether a file says of itself that it is a component, of whatever version. */
export function isComponent(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte) && bytes[6] === 1 && bytes[7] === 0;
}

/**
 * Reads the binary format of components (component-model, design/mvp/Binary.md), in time and memory that
 * are linear in its size. Indices are checked; what the types say is not (see `validate`).
 *
 * @throws ComponentFormatError for malformed input and for features that are refused, which it names.
 */
export function decodeComponent(bytes: Uint8Array): DecodedComponent {
  try {
    const modules: CoreModuleBytes[] = [];
    return { root: new Decoder(modules).component(new Cursor(bytes), null), coreModules: modules };
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    throw new ComponentFormatError(error.code, error.reason, error.offset, { cause: error });
  }
}

class Decoder {
  readonly #modules: CoreModuleBytes[];

  constructor(modules: CoreModuleBytes[]) {
    this.#modules = modules;
  }

  component(cursor: Cursor, parent: Spaces | null): ComponentDefinition {
    if (parent !== null && parent.depth >= MOST_NESTING) {
      throw unsupported(`components nested more than ${MOST_NESTING} deep`, cursor.position);
    }
    readPreamble(cursor);
    const spaces = new Spaces(parent);
    const definitions: Definition[] = [];
    while (cursor.position < cursor.end) this.#section(cursor, spaces, definitions);
    return { definitions };
  }

  #section(cursor: Cursor, spaces: Spaces, into: Definition[]): void {
    const at = cursor.position;
    const id = cursor.byte();
    const content = cursor.part(cursor.u32());
    switch (id) {
      case 0:
        content.name();
        return;
      case 1:
        content.takePart();
        into.push({ offset: content.position, ...this.#coreModule(content, spaces) });
        return;
      case 4: {
        content.takePart();
        const offset = content.position;
        into.push({ offset, kind: "component", component: this.component(content, spaces) });
        spaces.add("component");
        return;
      }
      case 9:
        content.takePart();
        into.push({ offset: content.position, ...readStart(content, spaces) });
        break;
      default: {
        const readOne = SECTIONS[id];
        if (readOne === undefined) throw malformed(`unknown section ${id}`, at);
        content.vector("definitions", () => {
          const offset = content.position;
          into.push({ offset, ...readOne(content, spaces) });
        });
      }
    }
    if (content.position !== content.end) throw malformed(`section ${id} has a wrong size`, at);
  }

  #coreModule(content: Cursor, spaces: Spaces): DefinitionBody {
    const offset = content.position;
    if (this.#modules.length >= MOST_CORE_MODULES) {
      throw unsupported(`more than ${MOST_CORE_MODULES} core modules`, offset);
    }
    this.#modules.push({ bytes: content.bytes.subarray(offset, content.end), offset });
    spaces.add("core module");
    return { kind: "core module", module: this.#modules.length - 1 };
  }
}

function readPreamble(cursor: Cursor): void {
  const at = cursor.position;
  for (const byte of MAGIC) {
    if (cursor.byte() !== byte) throw malformed("it does not start with the bytes \\0asm", at);
  }
  const version = cursor.byte() | (cursor.byte() << 8);
  const layer = cursor.byte() | (cursor.byte() << 8);
  if (layer === 0) throw malformed("it is a core module, not a component", at);
  if (layer !== 1) throw malformed(`unknown layer ${layer}`, at);
  if (version !== VERSION) throw unsupported(`version 0x${version.toString(16)} of components`, at);
}

const SECTIONS: Partial<Record<number, (cursor: Cursor, spaces: Spaces) => DefinitionBody>> = {
  2: (cursor, spaces) => {
    const instance = readCoreInstance(cursor, spaces);
    spaces.add("core instance");
    return instance;
  },
  3: (cursor, spaces) => {
    skipCoreType(cursor);
    spaces.add("core type");
    return { kind: "core type" };
  },
  5: (cursor, spaces) => {
    const instance = readInstance(cursor, spaces);
    spaces.add("instance");
    return instance;
  },
  6: readAlias,
  7: (cursor, spaces) => {
    const type = readType(cursor, spaces);
    spaces.add("type");
    return { kind: "type", type };
  },
  8: readCanon,
  10: (cursor, spaces) => {
    const at = cursor.position;
    const name = cursor.externName();
    spaces.takeName("import", name, at);
    const type = readExternType(cursor, spaces);
    addExtern(spaces, type);
    return { kind: "import", name, type };
  },
  11: readExport,
  12: (cursor) => {
    throw unsupported("values that are imported, exported or defined", cursor.position);
  },
};

function readExport(cursor: Cursor, spaces: Spaces): DefinitionBody {
  const at = cursor.position;
  const name = cursor.externName();
  spaces.takeName("export", name, at);
  const { sort, index } = cursor.sortIndex(spaces);
  if (sort.startsWith("core ") && sort !== "core module") {
    throw malformed(`a ${sort} cannot leave its component`, at);
  }
  const type = cursor.optional(() => readExternType(cursor, spaces));
  if (type !== null && type.sort !== sort) {
    throw malformed(`the export "${name}" has another sort`, at);
  }
  spaces.add(sort);
  return { kind: "export", name, sort, index, type };
}

function readStart(cursor: Cursor, spaces: Spaces): DefinitionBody {
  const index = cursor.index(spaces, "function");
  const at = cursor.position;
  const args = cursor.u32();
  const results = cursor.u32();
  if (args !== 0 || results !== 0) {
    throw unsupported("start functions that take or give values", at);
  }
  return { kind: "start", function: index };
}

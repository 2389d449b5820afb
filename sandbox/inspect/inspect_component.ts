import { parseModule, WASM_PAGE_BYTES, WasmFormatError } from "../../wasm/mod.ts";
import { checkGrants, type Component, readComponent } from "../component/component.ts";
import type { ExternDescription } from "../component/describe.ts";
import { ComponentLoadError } from "../component/errors.ts";
import { camelCase } from "../component/js_values.ts";
import { GRANTED_INTERFACES, wasiInterfaces } from "../component/wasi/mod.ts";
import { functionText } from "../component/wit_text.ts";
import { World } from "../world/world.ts";
import type { ExportFact, ImportFact, Inspection, MemoryFact } from "./inspection.ts";

/**
 * Says what is in a component.
 *
 * @throws ComponentFormatError or ComponentLoadError for one that cannot be read.
 */
export function inspectComponent(bytes: Uint8Array): Omit<Inspection, "grants"> {
  const component = readComponent(bytes);
  const { memories, refusals } = inspectModules(component);
  return {
    kind: "component",
    bytes: bytes.length,
    isRead: true,
    imports: component.imports.map(importFact),
    exports: component.exports.flatMap(exportFacts),
    memories,
    coreModules: component.coreModules.length,
    refusals: [...refusedImports(component), ...refusals],
    hint: null,
  };
}

function refusedImports(component: Component): readonly string[] {
  const nothingRuns = (): never => {
    throw new TypeError("Cannot run a component that is only looked at");
  };
  const host = { spend: nothingRuns, stopForMemory: nothingRuns, exit: nothingRuns };
  try {
    checkGrants(component, wasiInterfaces(new World({ outputBytes: 0 }), host));
    return [];
  } catch (error) {
    if (error instanceof ComponentLoadError) return error.reasons;
    throw error;
  }
}

function inspectModules(
  { coreModules }: Component,
): { memories: MemoryFact[]; refusals: string[] } {
  const memories: MemoryFact[] = [];
  const refusals: string[] = [];
  coreModules.forEach((bytes, module) => {
    try {
      memories.push(...memoriesOf(bytes, module));
    } catch (error) {
      if (!(error instanceof WasmFormatError)) throw error;
      refusals.push(`has a core module ${module} that is refused: ${error.reason}`);
    }
  });
  return { memories, refusals };
}

/** The memories that a core module has of its own. */
export function memoriesOf(bytes: Uint8Array, module: number): MemoryFact[] {
  const { memories, importedMemories } = parseModule(bytes);
  return memories.slice(importedMemories).map(({ minimum, maximum }) => ({
    module,
    minimum: minimum * WASM_PAGE_BYTES,
    maximum: maximum === undefined ? null : maximum * WASM_PAGE_BYTES,
  }));
}

function importFact(described: ExternDescription): ImportFact {
  const { name, sort } = described;
  const granted = GRANTED_INTERFACES.find((it) => it.name === name.replace(/@.*$/, ""));
  return { name, granted: granted !== undefined, what: granted?.gives ?? sort };
}

function exportFacts(described: ExternDescription): ExportFact[] {
  const { name } = described;
  if (described.sort === "function") {
    return [{ name, type: functionText(described.type), call: camelCase(name) }];
  }
  if (described.sort !== "interface") return [{ name, type: described.sort, call: null }];
  const { functions, types } = described.interface;
  const names = new Map([...types].map(([typeName, type]) => [type, typeName]));
  const inside = [...functions].map(([inner, type]): ExportFact => ({
    name: `${name}#${inner}`,
    type: functionText(type, names),
    call: inner.startsWith("[") ? null : camelCase(inner),
  }));
  return [{ name, type: "interface", call: null }, ...inside];
}

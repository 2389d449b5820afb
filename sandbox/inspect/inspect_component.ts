import { parseModule, WASM_PAGE_BYTES, WasmFormatError } from "../../wasm/mod.ts";
import { checkGrants, type Component, readComponent } from "../component/component.ts";
import { ComponentLoadError } from "../component/errors.ts";
import { wasiInterfaces } from "../component/wasi/mod.ts";
import { World } from "../world/world.ts";
import { exportFacts, importFacts } from "./component_facts.ts";
import type { Inspection, MemoryFact } from "./inspection.ts";

/**
 * Says what is in a component.
 *
 * @throws ComponentFormatError or ComponentLoadError for one that cannot be read.
 */
export function inspectComponent(bytes: Uint8Array): Omit<Inspection, "grants"> {
  const component = readComponent(bytes);
  const { memories, refusals } = inspectModules(component);
  const imports = importFacts(component.imports);
  const exports = exportFacts(component.exports);
  return {
    kind: "component",
    bytes: bytes.length,
    isRead: true,
    imports: imports.facts,
    exports: exports.facts,
    omitted: { imports: imports.omitted, exports: exports.omitted },
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

import { WasmFormatError } from "../../../wasm/errors.ts";
import { parseModule } from "../../../wasm/module.ts";
import {
  EXNREF,
  EXTERNREF,
  F32,
  F64,
  FUNCREF,
  I32,
  I64,
  type ParsedModule,
  V128,
} from "../../../wasm/types.ts";
import type { CoreSignature } from "../abi/flatten.ts";
import type { CoreModuleBytes } from "../binary/definitions.ts";
import { ComponentFormatError, ComponentLoadError } from "../errors.ts";
import type { Store } from "../store.ts";
import type { CoreItem } from "./scope.ts";

const TYPE_NAMES = new Map([
  [I32, "i32"],
  [I64, "i64"],
  [F32, "f32"],
  [F64, "f64"],
  [V128, "v128"],
  [FUNCREF, "funcref"],
  [EXTERNREF, "externref"],
  [EXNREF, "exnref"],
]);

/** What linking has to know of a core module: the engine does not tell the types of functions. */
export interface CoreModuleShape {
  imports: readonly CoreImport[];
  exports: readonly CoreExport[];
}

/** An import of a core module; functions have a type. */
export interface CoreImport {
  module: string;
  name: string;
  sort: CoreItem["sort"];
  signature: CoreSignature | null;
}

/** An export of a core module; functions have a type. */
export type CoreExport = Omit<CoreImport, "module">;

/**
 * Reads what a core module imports and exports.
 *
 * @throws ComponentFormatError where it cannot be read or uses what is refused.
 */
export function shapeOf({ bytes, offset }: CoreModuleBytes): CoreModuleShape {
  try {
    return shapeOfModule(parseModule(bytes));
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    const reason = `in a core module, ${error.reason}`;
    throw new ComponentFormatError(error.code, reason, offset + error.offset, { cause: error });
  }
}

function shapeOfModule(module: ParsedModule): CoreModuleShape {
  let functions = 0;
  // One for each type: any number of exports may have the same one.
  const signatures = module.types.map(({ params, results }) => ({
    params: names(params),
    results: names(results),
  }));
  const signatureOf = (index: number) => signatures[module.functions[index] ?? -1] ?? null;
  return {
    imports: module.imports.map((one) => ({
      module: one.module,
      name: one.name,
      sort: `core ${one.kind}`,
      signature: one.kind === "function" ? signatureOf(functions++) : null,
    })),
    exports: module.exports.map(({ name, kind, index }) => ({
      name,
      sort: `core ${kind}`,
      signature: kind === "function" ? signatureOf(index) : null,
    })),
  };
}

function names(types: readonly number[]): string[] {
  return types.map((one) => TYPE_NAMES.get(one) ?? "?");
}

/** Instantiates a core module; what does not fit is a fault of the component's. */
export function instantiateCore(
  store: Store,
  module: number,
  imports: WebAssembly.Imports,
): WebAssembly.Exports {
  try {
    return store.instantiate(module, imports);
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError)) throw error;
    const reason = `has a core module that cannot be linked: ${error.message}`;
    throw new ComponentLoadError([reason], { cause: error });
  }
}

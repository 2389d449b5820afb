import { parseModule } from "../../wasm/mod.ts";
import { compileCore, type CoreCode } from "../core_code.ts";
import type { Limits } from "../limits.ts";
import { CoreLoadError } from "./errors.ts";
import { componentHint } from "./component_hint.ts";
import { type CoreImport, refusalOf } from "./granted_imports.ts";
import { remedyOf } from "./remedy.ts";
import { type Signature, signatureOf, signatureText } from "./signature.ts";

/**
 * What kind of program a module is: one that runs from start to end, one that is initialised and then called,
 * or one that is only called.
 */
export type CoreShape = "command" | "reactor" | "plain";

/** An export of a core module. */
export interface CoreExport {
  readonly kind: string;
  /** Its type, for a function. */
  readonly signature?: Signature;
}

/** What is in a module, as far as it matters for loading it. Nothing of it has run. */
export interface CoreDescription {
  readonly shape: CoreShape;
  readonly imports: readonly CoreImport[];
  /** What it exports, by name. */
  readonly exports: ReadonlyMap<string, CoreExport>;
  /** What is likely missing where it is used as it is, as the end of a sentence about it. */
  readonly hint: string | undefined;
  /** What helps against the refusals, as a clause of its own. */
  readonly remedy: string | undefined;
  /** Why it cannot be loaded, each the end of a sentence about it. */
  readonly refusals: readonly string[];
}

/** A module that was read, checked against what is granted, metered and compiled. */
export type PreparedCore = CoreDescription & CoreCode;

/**
 * Says what is in a core module.
 *
 * @throws WasmFormatError for one that cannot be read.
 */
export function describeCore(bytes: Uint8Array): CoreDescription {
  const parsed = parseModule(bytes);
  const { imports, exports, functions, types } = parsed;
  // One for each type: any number of exports may have the same one.
  const signatures = types.map(signatureOf);
  const none: Signature = { params: [], results: [] };
  const signatureAt = (index: number) => signatures[functions[index] ?? -1] ?? none;
  let importedFunctions = 0;
  const coreImports = imports.map(({ module, name, kind }): CoreImport =>
    kind === "function"
      ? { module, name, kind, signature: signatureAt(importedFunctions++) }
      : { module, name, kind }
  );
  const coreExports = new Map(exports.map(({ name, kind, index }): [string, CoreExport] => [
    name,
    kind === "function" ? { kind, signature: signatureAt(index) } : { kind },
  ]));
  const refusals = new Map(coreImports.flatMap((it): [CoreImport, string][] => {
    const refusal = refusalOf(it);
    return refusal === undefined ? [] : [[it, refusal]];
  }));
  const remedy = remedyOf([...refusals.keys()], parsed);
  const shape = shapeOf(coreExports);
  return {
    shape,
    imports: coreImports,
    exports: coreExports,
    // What is not linked yet is no component's module yet.
    hint: shape === "command" || remedy !== undefined
      ? undefined
      : componentHint(coreExports.keys()),
    remedy,
    refusals: [...refusals.values(), ...entryRefusals(coreExports)],
  };
}

function shapeOf(exports: CoreDescription["exports"]): CoreShape {
  if (exports.has("_start")) return "command";
  return exports.has("_initialize") ? "reactor" : "plain";
}

function entryRefusals(exports: CoreDescription["exports"]): string[] {
  const entries = ["_start", "_initialize"].filter((name) => exports.has(name));
  if (entries.length > 1) return ["exports both _start and _initialize: it must be one of the two"];
  return entries.flatMap((name) => {
    const signature = exports.get(name)?.signature;
    const type = signature === undefined ? "no function" : signatureText(signature);
    return type === "() -> ()" ? [] : [`exports ${name} as ${type}: it must be () -> ()`];
  });
}

/**
 * Reads a core module, checks every import against what is granted, meters it under the cap on memory and
 * compiles it. Nothing of it runs.
 *
 * @throws WasmFormatError or CoreLoadError for what cannot be taken.
 */
export function prepareCoreModule(
  bytes: Uint8Array,
  limits: Pick<Limits, "memoryBytes">,
): PreparedCore {
  const description = describeCore(bytes);
  const { refusals } = description;
  if (refusals.length > 0) throw new CoreLoadError(refusals, { hint: hintOf(description) });
  const options = { group: "sole", hostCallsBack: false } as const;
  return { ...description, ...compileCore(bytes, options, limits, invalid) };
}

/** What may help, as a clause of its own. */
export function hintOf({ remedy, hint }: CoreDescription): string | undefined {
  return remedy ?? (hint === undefined ? undefined : `it ${hint}`);
}

function invalid(cause: unknown): CoreLoadError {
  return new CoreLoadError(["is not valid WebAssembly"], { cause });
}

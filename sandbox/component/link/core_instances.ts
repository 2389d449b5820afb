import { sameSignature, signatureText } from "../abi/flatten.ts";
import type { CoreFunction } from "../abi/call_core.ts";
import type { Definition } from "../binary/definitions.ts";
import { malformed } from "../errors.ts";
import type { Store } from "../store.ts";
import {
  type CoreExport,
  type CoreImport,
  type CoreModuleShape,
  instantiateCore,
} from "./core_modules.ts";
import type { CoreItem, Items, Scope } from "./scope.ts";
import type { Work } from "./work.ts";

type CoreInstance = Items["core instance"];

/** Instantiates a core module; with no store, gives what its exports would be, without values. */
export function coreInstance(
  scope: Scope,
  definition: Extract<Definition, { kind: "core instantiate" }>,
  shapes: readonly CoreModuleShape[],
  store: Store | null,
  work: Work,
): CoreInstance {
  const { offset } = definition;
  const module = scope.get("core module", definition.module, offset);
  const shape = shapes[module];
  if (shape === undefined) throw malformed(`core module ${module} is not defined`, offset);
  work.step(shape.imports.length + shape.exports.length);
  const args = new Map(
    definition.args.map(({ name, instance }) => [
      name,
      scope.get("core instance", instance, offset),
    ]),
  );
  // Names are the guest's choice: objects without a prototype take any.
  const imports: WebAssembly.Imports = Object.create(null);
  for (const one of shape.imports) {
    work.step(
      one.signature === null ? 0 : one.signature.params.length + one.signature.results.length,
    );
    const { value } = importedItem(one, args, offset).item;
    if (value === null) continue;
    const from: WebAssembly.ModuleImports = imports[one.module] ?? Object.create(null);
    from[one.name] = value;
    imports[one.module] = from;
  }
  const values = store === null ? null : instantiateCore(store, module, imports);
  return new Map(shape.exports.map((one) => [one.name, exportedItem(one, values)]));
}

function importedItem(
  { module, name, sort, signature }: CoreImport,
  args: ReadonlyMap<string, CoreInstance>,
  offset: number,
): CoreItem {
  const item = args.get(module)?.get(name);
  const what = `a core module imports ${JSON.stringify(module)} ${JSON.stringify(name)}`;
  if (item === undefined) throw malformed(`${what}, which is not given`, offset);
  if (item.sort !== sort) throw malformed(`${what} as a ${sort}, given a ${item.sort}`, offset);
  if (
    item.sort === "core function" && signature !== null &&
    !sameSignature(signature, item.item.signature)
  ) {
    const given = signatureText(item.item.signature);
    throw malformed(`${what} as ${signatureText(signature)}, given ${given}`, offset);
  }
  return item;
}

function exportedItem(
  { name, sort, signature }: CoreExport,
  values: WebAssembly.Exports | null,
): CoreItem {
  const value = values?.[name];
  if (sort === "core function") {
    return {
      sort,
      item: {
        signature: signature ?? { params: [], results: [] },
        value: isCoreFunction(value) ? value : null,
      },
    };
  }
  return { sort, item: { value: value ?? null } };
}

/** The function itself, with no wrapper: between core modules the engine links it directly. */
function isCoreFunction(value: unknown): value is CoreFunction {
  return typeof value === "function";
}

import type { parseModule } from "../../wasm/mod.ts";
import { parseInterfaceName } from "../component/link/interface_name.ts";
import { SandboxError } from "../errors.ts";
import { listed, shortName } from "../listed.ts";
import { LINK_WHAT_DEFINES } from "../wasi/remedy.ts";

type CoreModule = ReturnType<typeof parseModule>;
type CoreImport = CoreModule["imports"][number];

/** Where functions of a world itself come from. */
const ROOT = "$root";

/** How the names of what wasm-tools itself provides begin: it checks them. */
const PROVIDED = /^(\$root$|cm32p2|\[|__main_module__$)/;

/** Most hints of a message. */
const MOST_HINTS = 3;

/** Most imports that hints are looked for. */
const MOST_LOOKED_AT = 100;

/** Parameters of AssemblyScript's `abort`: a message, a file, a line and a column. C's has none. */
const PARAMETERS_OF_ABORT = 4;

/** What a world grants to a module. */
export interface WorldImports {
  /** Names of interfaces, without version. */
  interfaces: ReadonlySet<string>;
  /** What the user calls the file that the world stands in. */
  shown: string;
}

/** The name of an interface by that of a module that an import is from. */
export function interfaceOf(module: string): string {
  const name = module.startsWith("cm32p2") ? module.split("|")[1] ?? ROOT : module;
  return parseInterfaceName(name).name;
}

/** @throws {SandboxError} `bad-source`, naming all imports that the world has not, and what helps. */
export function checkImports(module: CoreModule, world: WorldImports, shown: string): void {
  const unknown = module.imports.filter((it) => !isKnown(it, world));
  if (unknown.length === 0) return;
  const names = listed(unknown.map(({ module, name }) => `${module}.${name}`));
  const hints = hintsOf(unknown, module, world);
  throw new SandboxError(
    "bad-source",
    `Cannot make a component of ${shown} as it imports ${names}: ${hints.join("; ")}`,
  );
}

/** Hints that help, each once. */
function hintsOf(
  unknown: readonly CoreImport[],
  module: CoreModule,
  world: WorldImports,
): string[] {
  const hints = new Set<string>();
  for (const it of unknown.slice(0, MOST_LOOKED_AT)) {
    hints.add(hintOf(it, module, world));
    if (hints.size === MOST_HINTS) break;
  }
  return [...hints];
}

function isKnown({ module, name, kind }: CoreImport, { interfaces }: WorldImports): boolean {
  // wasm-tools gives it a memory.
  if (module === "env" && name === "memory" && kind === "memory") return true;
  return kind === "function" && (PROVIDED.test(module) || interfaces.has(interfaceOf(module)));
}

function hintOf(it: CoreImport, module: CoreModule, { shown }: WorldImports): string {
  if (it.module === "wasi_snapshot_preview1") {
    return "run it as it is, or build it for wasm32-wasip2";
  }
  if (it.kind !== "function") {
    return `a component's module can import functions only, and not a ${it.kind}: link it to stand alone`;
  }
  if (it.module !== "env") {
    return `the world in ${shown} does not import ${shortName(interfaceOf(it.module))}`;
  }
  if (it.name === "abort" && parametersOf(it, module) === PARAMETERS_OF_ABORT) {
    return "compile AssemblyScript with --use abort=";
  }
  return LINK_WHAT_DEFINES;
}

function parametersOf(it: CoreImport, { imports, functions, types }: CoreModule): number {
  const at = imports.filter(({ kind }) => kind === "function").indexOf(it);
  return types[functions[at] ?? -1]?.params.length ?? 0;
}

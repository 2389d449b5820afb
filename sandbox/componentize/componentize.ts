import { parseModule, WasmFormatError } from "../../wasm/mod.ts";
import { SandboxError } from "../errors.ts";
import { listed } from "../listed.ts";
import { checkImports } from "./imports.ts";
import { renameExports } from "./rename.ts";
import { loadTools, withReason } from "./tools.ts";
import { mismatchReason } from "./type_mismatch.ts";
import { wantedOf } from "./wanted.ts";

/** What a component is made of. */
export interface ComponentSource {
  /** A core module that follows the canonical ABI. */
  core: Uint8Array;
  /** The text of a WIT package. */
  wit: string;
  /** The world of the package that the module implements; not needed where there is only one. */
  world?: string | undefined;
  /** What the user calls the module and the text, for messages. */
  shown: { core: string; wit: string };
}

/**
 * Makes a component of a core module: the same bytes of the same input.
 *
 * Exports whose names differ from the world's in nothing but style are renamed.
 *
 * @throws {SandboxError} `bad-source` for what is no core module, a text that is not WIT, a world that is
 * not there, and a module that does not implement it.
 */
export async function componentize(source: ComponentSource): Promise<Uint8Array> {
  const { core, wit, world, shown } = source;
  const module = parse(core, shown.core);
  const wanted = await wantedOf(wit, world, shown.wit);
  checkImports(module, { interfaces: wanted.interfaces, shown: shown.wit }, shown.core);
  const renamed = renameExports(module, wanted.exports);
  checkExports(renamed, wanted.exports, shown.core);
  const { componentEmbed, componentNew } = await loadTools();
  const named = world === undefined ? {} : { world };
  return await withReason(`Cannot make a component of ${shown.core}`, async () => {
    const embedded = await componentEmbed({ binary: renamed, witSource: wit, ...named });
    return new Uint8Array(await componentNew(embedded, []));
  }, (reason) => missingHelper(module, reason) ?? mismatchReason(reason));
}

function parse(core: Uint8Array, shown: string): ReturnType<typeof parseModule> {
  try {
    return parseModule(core);
  } catch (cause) {
    if (!(cause instanceof WasmFormatError)) throw cause;
    throw new SandboxError(
      "bad-source",
      `Cannot make a component of ${shown} as it must be a core module: ${cause.reason}`,
      { cause },
    );
  }
}

/** @throws {SandboxError} `bad-source`, naming every export that the world wants and the module lacks. */
function checkExports(core: Uint8Array, wanted: readonly string[], shown: string): void {
  const exported = parseModule(core).exports
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  const known = new Set(exported);
  const missing = wanted.filter((name) => !known.has(name) && !known.has(modern(name)));
  if (missing.length === 0) return;
  throw new SandboxError(
    "bad-source",
    `Cannot make a component of ${shown} as it must export ${missing.join(", ")}: it exports ` +
      (exported.length === 0 ? "no function" : listed(exported)),
  );
}

/** What a module must export besides the world's functions where their types ask for it, and what it is for. */
const HELPERS = {
  cabi_realloc:
    "a function (i32, i32, i32, i32) -> i32, by which the host asks for memory for strings, " +
    "lists and other values that it hands over (old address, old size, alignment, new size)",
  memory: "the memory in which strings, lists and other values are handed over",
} as const;

/** A better reason than that of wasm-tools, where it says that the module lacks one of the helpers. */
function missingHelper({ exports }: ReturnType<typeof parseModule>, reason: string): string | null {
  for (const [name, what] of Object.entries(HELPERS)) {
    const isMissing = !exports.some((it) => it.name === name) && reason.includes(`\`${name}\``);
    if (isMissing) return `it must export ${name}, ${what}`;
  }
  return null;
}

/** The other name that wasm-tools takes: `cm32p2|interface|function`. */
function modern(name: string): string {
  const [own = "", from = ""] = name.split("#").toReversed();
  return `cm32p2|${from}|${own}`;
}

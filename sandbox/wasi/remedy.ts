import type { parseModule } from "../../wasm/mod.ts";
import type { CoreImport } from "./granted_imports.ts";

/** What helps where a module imports from `env`. */
export const LINK_WHAT_DEFINES =
  "env is where a linker puts what nothing defines: link the object file or library that does";

/**
 * What helps where a core module's imports are refused; undefined where nothing is known.
 *
 * @param refused The imports that are.
 */
export function remedyOf(
  refused: readonly CoreImport[],
  { sections }: Pick<ReturnType<typeof parseModule>, "sections">,
): string | undefined {
  const fromEnv = refused.filter(({ module }) => module === "env");
  if (fromEnv.length === 0) return undefined;
  if (sections.some(({ name }) => name === "linking")) {
    return "it is an object file: link it first, with wasm-ld or by clang";
  }
  const isFunction = fromEnv.some(({ kind }) => kind === "function");
  return isFunction
    ? LINK_WHAT_DEFINES
    : "link it to stand alone, with a memory and a table of its own";
}

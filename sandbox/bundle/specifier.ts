import { isBuiltin } from "node:module";

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Why user code may not import `specifier`, whatever lies on the disk; undefined where it may.
 *
 * @param kind esbuild's name for the way it is imported.
 */
export function refusal(specifier: string, kind: string): string | undefined {
  if (kind === "dynamic-import") {
    return `a dynamic import() of "${specifier}" is not supported: use a static import`;
  }
  if (specifier.startsWith("node:")) return builtinRefusal(specifier);
  const scheme = SCHEME.exec(specifier)?.[0];
  if (scheme !== undefined) {
    return `"${specifier}" cannot be imported: ${scheme} imports are not supported, ` +
      `only files and installed npm packages by their name`;
  }
  return undefined;
}

/** Why an import that was found nowhere does not work. */
export function unresolvedRefusal(specifier: string): string {
  if (isBuiltin(specifier)) return builtinRefusal(specifier);
  return specifier.startsWith(".") || specifier.startsWith("/")
    ? `cannot find the imported file "${specifier}"`
    : `cannot find the imported package "${specifier}": is it installed?`;
}

function builtinRefusal(specifier: string): string {
  return `the built-in module "${specifier}" cannot be imported: code in an isolate reaches ` +
    `nothing of the host`;
}

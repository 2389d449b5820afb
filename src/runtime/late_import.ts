/**
 * Imports a module when it is asked for, and not before: what a literal `import()` names is read by Deno before
 * the program starts, with all that it imports in turn.
 *
 * @param specifier Relative to `from`.
 * @param from `import.meta.url` of who asks.
 *
 * @example
 * ```ts
 * const { openCluster } = await importLate<typeof import("./open.ts")>("./open.ts", import.meta.url);
 * ```
 */
export function importLate<Module>(specifier: string, from: string): Promise<Module> {
  return import(new URL(specifier, from).href);
}

import { parseModule } from "../../wasm/mod.ts";
import { Writer } from "../../wasm/writer.ts";

type CoreModule = ReturnType<typeof parseModule>;

/** The magic number and the version. */
const HEADER_BYTES = 8;

/** Id of the section that names what a module exports. */
const EXPORT_SECTION = 7;

/** The byte that stands for each kind of export. */
const KINDS: readonly string[] = ["function", "table", "memory", "global", "tag"];

/** What is called after the host has copied a result is named for its function. */
const AFTER_CALL = "cabi_post_";

/**
 * Gives a module's exports the names that a world wants, where they differ in nothing but style: `topK` and
 * `top_k` become `top-k`, as some languages cannot export a name with a dash.
 *
 * @returns The module's bytes, the very same where nothing is to be renamed.
 */
export function renameExports(module: CoreModule, wanted: readonly string[]): Uint8Array {
  const names = newNames(module, wanted);
  if (names.size === 0) return module.bytes;
  const section = module.sections.find(({ id }) => id === EXPORT_SECTION);
  if (section === undefined) return module.bytes;

  const content = new Writer().u32(module.exports.length);
  for (const { name, kind, index } of module.exports) {
    content.name(names.get(name) ?? name).byte(KINDS.indexOf(kind)).u32(index);
  }
  // What precedes the section ends where the one before it does: behind it come an id and a size.
  const position = module.sections.indexOf(section);
  const before = module.sections[position - 1]?.end ?? HEADER_BYTES;
  return new Writer(module.bytes.length)
    .range(module.bytes, 0, before)
    .byte(EXPORT_SECTION).u32(content.length).raw(content.view())
    .range(module.bytes, section.end, module.bytes.length)
    .toBytes();
}

/** New names by old ones. A name that two exports could take goes to neither. */
function newNames({ exports }: CoreModule, wanted: readonly string[]): Map<string, string> {
  const functions = exports.filter(({ kind }) => kind === "function").map(({ name }) => name);
  const exported = new Set(functions);
  const all = new Set([...wanted, ...wanted.map((name) => AFTER_CALL + name)]);
  const alike = Map.groupBy(functions, plain);
  const names = new Map<string, string>();
  for (const name of all) {
    if (exported.has(name)) continue;
    const [only, ...more] = alike.get(plain(name)) ?? [];
    if (only !== undefined && more.length === 0 && !all.has(only)) names.set(only, name);
  }
  return names;
}

/** A name without its style: letters and digits, in lower case. */
function plain(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, "").toLowerCase();
}

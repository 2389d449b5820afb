import type { Instruction } from "./decode.ts";
import { malformed } from "./errors.ts";
import { perOpcode } from "./opcodes.ts";
import type { ParsedModule } from "./types.ts";

/** The index spaces in which the rewriting puts things of its own behind those of the module. */
export type Space = "types" | "functions" | "tables" | "memories" | "globals" | "tags";

type Spaces = readonly [first?: Space, second?: Space];

const SPACES: Record<string, Spaces> = {
  call: ["functions"],
  return_call: ["functions"],
  "ref.func": ["functions"],
  call_indirect: ["types", "tables"],
  return_call_indirect: ["types", "tables"],
  throw: ["tags"],
  catch: ["tags"],
  "global.get": ["globals"],
  "global.set": ["globals"],
  "table.get": ["tables"],
  "table.set": ["tables"],
  "table.size": ["tables"],
  "table.grow": ["tables"],
  "table.fill": ["tables"],
  "table.copy": ["tables", "tables"],
  "table.init": [undefined, "tables"],
  "memory.size": ["memories"],
  "memory.grow": ["memories"],
  "memory.fill": ["memories"],
  "memory.copy": ["memories", "memories"],
  "memory.init": [undefined, "memories"],
};

const NAMED = perOpcode((name) => SPACES[name]);
const IS_LOCAL = perOpcode((name) => name.startsWith("local."));
const IS_LABEL = perOpcode((name) => /^(br|br_if|br_table|rethrow|delegate|try_table)$/.test(name));

/**
 * Refuses an index at which the module has nothing.
 *
 * Behind the module's own things stand the fuel, the dirty map and so on: an index that is merely out of
 * range in the original would reach them in the rewritten module.
 *
 * @throws WasmFormatError where `index` is not below the size of the space.
 */
export function checkIndex(module: ParsedModule, space: Space, index: number, at: number): void {
  if (index < module[space].length) return;
  throw malformed(`index ${index} is out of range, there are ${module[space].length} ${space}`, at);
}

/**
 * Refuses an instruction that names what the module, the function or the block structure does not have.
 *
 * @param locals Number of parameters and locals of the function.
 * @param depth Number of blocks that are open, the function's own not counted.
 * @throws WasmFormatError where an index is out of range.
 */
export function checkInstruction(
  module: ParsedModule,
  { info: { id }, name, first, second, start }: Instruction,
  locals: number,
  depth: number,
): void {
  const spaces = NAMED[id];
  if (spaces !== undefined) {
    if (spaces[0] !== undefined) checkIndex(module, spaces[0], first, start);
    if (spaces[1] !== undefined) checkIndex(module, spaces[1], second, start);
  } else if (IS_LOCAL[id] && first >= locals) {
    throw malformed(`local ${first} is not defined`, start);
  } else if (IS_LABEL[id]) {
    // Labels of `delegate` count from outside of its own block.
    const label = name === "try_table" ? second : name === "delegate" ? first + 1 : first;
    if (label > depth) throw malformed(`label ${label} is not defined`, start);
  }
}

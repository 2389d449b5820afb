import { describe, expect, test } from "vitest";
import { instructions } from "../../wasm/decode.ts";
import { meter } from "../../wasm/mod.ts";
import { parseModule } from "../../wasm/module.ts";
import { OPCODES } from "../../wasm/opcodes.ts";
import { Reader } from "../../wasm/reader.ts";
import { PLAIN } from "./support/instructions.ts";
import { wat } from "./support/wat.ts";

const TYPE_NAMES: Record<string, string> = {
  i: "i32",
  I: "i64",
  f: "f32",
  F: "f64",
  v: "v128",
};

/** Instructions whose immediates the text must spell out. */
const IMMEDIATES: Record<string, string> = {
  "i8x16.shuffle": "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31",
};

function immediates(name: string): string {
  const special = IMMEDIATES[name];
  if (special !== undefined) return special;
  if (/load|store/.test(name)) return `offset=300 align=1${name.endsWith("_lane") ? " 1" : ""}`;
  return name.includes("_lane") ? "1" : "";
}

/** A module whose only function has the one instruction, written by its name. */
function moduleWith(name: string, takes: string, leaves: string): string {
  const names = (letters: string) => [...letters].map((letter) => TYPE_NAMES[letter]).join(" ");
  const operands = [...takes].map((_, index) => `local.get ${index}`).join(" ");
  return `(module (memory 1) (func (param ${names(takes)}) (result ${names(leaves)})
    ${operands} ${name} ${immediates(name)}))`;
}

/** Instructions with immediates of their own or types that depend on them, in functions that use them. */
const OTHERS = `(module
  (type $unary (func (param i32) (result i32)))
  (memory 1) (data $data "x")
  (table $table 4 funcref) (table $hosts 4 externref) (elem $elem func $callee)
  (global $global (mut i32) (i32.const 0)) (tag $tag (param i32))
  (func $callee (export "callee") (type $unary) local.get 0)
  (func (param i32) (result i32) local.get 0 return_call $callee)
  (func (param i32) (result i32)
    local.get 0 local.get 0 return_call_indirect $table (type $unary))
  (func (param externref) (result i32) (local i32 i64 f32 f64 v128)
    nop
    block (result i32) i32.const -5 br 0 end drop
    loop i32.const 0 br_if 0 end
    i32.const 1 if (result i64) i64.const -9 else i64.const 9 end local.set 2
    block i32.const 0 br_table 0 0 0 end
    f32.const 1.5 local.set 3 f64.const -2.5 local.tee 4 drop
    v128.const i32x4 1 2 3 4 local.set 5
    i32.const 1 call $callee i32.const 0 call_indirect $table (type $unary) global.set $global
    global.get $global drop
    i64.const 1 i64.const 2 i32.const 0 select drop
    ref.null func ref.null func i32.const 0 select (result funcref) ref.is_null drop
    i32.const 0 ref.func $callee table.set $table
    i32.const 0 table.get $table drop
    ref.null func i32.const 1 table.grow $table drop table.size $table drop
    i32.const 0 local.get 0 i32.const 1 table.fill $hosts
    i32.const 0 i32.const 1 i32.const 1 table.copy $hosts $hosts
    i32.const 0 i32.const 0 i32.const 1 table.init $table $elem elem.drop $elem
    memory.size drop i32.const 0 memory.grow drop
    i32.const 0 i32.const 0 i32.const 1 memory.init $data data.drop $data
    i32.const 0 i32.const 1 i32.const 1 memory.copy
    i32.const 0 i32.const 1 i32.const 1 memory.fill
    i32.const 0 if unreachable end
    i32.const 3 return))`;

const LEGACY = `(module (tag $tag (param i32)) (func (result i32)
  try (result i32) try i32.const 1 throw $tag delegate 0 i32.const 2
  catch $tag drop try i32.const 5 throw $tag catch_all rethrow 0 end i32.const 3 catch_all i32.const 4 end))`;

const TABLE = `(module (tag $tag (param i32)) (func (result i32)
  block (result i32) block (result exnref) block (result i32 exnref) block
    try_table (catch $tag 3) (catch_ref $tag 1) (catch_all 0) (catch_all_ref 2) i32.const 1 throw $tag end
  end unreachable end throw_ref end throw_ref end))`;

/** The names of the instructions that the decoder finds in a module. */
function decodedNames(bytes: Uint8Array): string[] {
  return parseModule(bytes).bodies.flatMap(({ start, end }) => {
    const reader = new Reader(bytes, start, end);
    for (let groups = reader.u32(); groups > 0; groups--) {
      reader.u32();
      reader.byte();
    }
    const names: string[] = [];
    for (const { name } of instructions(reader)) names.push(name);
    return names;
  });
}

function isAcceptedMetered(bytes: Uint8Array): boolean {
  return WebAssembly.validate(meter(bytes).bytes);
}

describe("the table of instructions", () => {
  test.each(PLAIN)("has $name as an independent assembler and the engine do", (instruction) => {
    const { name, takes, leaves } = instruction;
    const bytes = wat(moduleWith(name, takes, leaves));
    expect(WebAssembly.validate(bytes)).toBe(true);
    const gets = Array.from(takes, () => "local.get");
    expect(decodedNames(bytes)).toEqual([...gets, name, "end"]);
    expect(isAcceptedMetered(bytes)).toBe(true);
  });

  test("has all other instructions too, and none that is not tested here", () => {
    const others = wat(OTHERS);
    expect(WebAssembly.validate(others)).toBe(true);
    expect(isAcceptedMetered(others)).toBe(true);
    const legacy = wat(LEGACY);
    expect(WebAssembly.validate(legacy)).toBe(true);
    expect(isAcceptedMetered(legacy)).toBe(true);
    const table = wat(TABLE);
    expect(WebAssembly.validate(table)).toBe(true);
    expect(isAcceptedMetered(table)).toBe(true);
    const found = new Set([others, legacy, table].flatMap(decodedNames));
    for (const { name } of PLAIN) found.add(name);
    const untested = [...OPCODES.values()].map(({ name }) => name).filter((name) =>
      !found.has(name)
    );
    expect(untested).toEqual([]);
  });

  test("is complete: 18 instructions behind 0xfc and 236 behind 0xfd, as in version 2.0", () => {
    const behind = (prefix: number) => [...OPCODES.keys()].filter((code) => code >> 16 === prefix);
    expect(behind(0xfc)).toHaveLength(18);
    expect(behind(0xfd)).toHaveLength(236);
  });
});

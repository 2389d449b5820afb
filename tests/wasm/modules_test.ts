import { describe, expect, test } from "vitest";
import { meter, WasmFormatError } from "../../wasm/mod.ts";
import { callExport } from "./support/guests.ts";
import { guestOf } from "./support/text_guest.ts";
import { wat } from "./support/wat.ts";

/** Modules with an export `f`, and what it gives. */
const PROGRAMS: [what: string, source: string, args: unknown[], value: unknown][] = [
  ["nothing but a function", `(module (func (export "f") (result i32) i32.const 7))`, [], 7],
  [
    "a start function",
    `(module (global $g (mut i32) (i32.const 1)) (func $s (global.set $g (i32.const 9))) (start $s)
      (func (export "f") (result i32) global.get $g))`,
    [],
    9,
  ],
  [
    "several results",
    `(module (func (export "f") (param i32) (result i32 i64) local.get 0 i64.const 2))`,
    [1],
    [1, 2n],
  ],
  [
    "a block with parameters",
    `(module (func (export "f") (param i32) (result i32) local.get 0 i32.const 2
      block (param i32 i32) (result i32) i32.mul end))`,
    [21],
    42,
  ],
  [
    "return with more operands than it takes",
    `(module (func (export "f") (result i32) i32.const 1 i32.const 2 block i32.const 3 return end drop))`,
    [],
    3,
  ],
  [
    "code that cannot be reached",
    `(module (memory 1) (func (export "f") (param f64) (result i32) local.get 0 block (result i32)
      i32.const 5 br 0 i32.const 1 i32.store i32.add end local.set 1 drop local.get 1) )`
      .replace("(result i32) local.get 0", "(result i32) (local i32) local.get 0"),
    [1],
    5,
  ],
  [
    "constants that are computed",
    `(module (global $g i32 (i32.add (i32.const 40) (i32.const 2)))
      (func (export "f") (result i32) global.get $g))`,
    [],
    42,
  ],
  [
    "a table and data",
    `(module (memory 1) (data (i32.const 3) "\\2a") (table funcref (elem $g))
      (func $g (result i32) (i32.load8_u (i32.const 3)))
      (func (export "f") (result i32) (call_indirect (result i32) (i32.const 0))))`,
    [],
    42,
  ],
];

describe("a metered module gives what it gave", () => {
  test.each(PROGRAMS)("with %s", (_, source, args, value) => {
    const original = new WebAssembly.Instance(new WebAssembly.Module(wat(source))).exports;
    expect(callExport(original, "f", args)).toEqual(value);
    expect(callExport(guestOf(source).exports, "f", args)).toEqual(value);
  });
});

describe("a metered module", () => {
  test("exists for the empty module too", () => {
    expect(WebAssembly.validate(meter(wat("(module)")).bytes)).toBe(true);
  });

  test("is the same bytes each time", () => {
    const bytes = wat(PROGRAMS[3]?.[1] ?? "");
    expect(meter(bytes).bytes).toEqual(meter(bytes).bytes);
  });

  test("keeps the names of functions, and drops sections that speak of places in the code", () => {
    const bytes = wat(`(module (func $named (export "f")) (@custom "sourceMappingURL" "x"))`, {
      annotations: true,
    });
    const module = new WebAssembly.Module(meter(bytes).bytes);
    expect(WebAssembly.Module.customSections(module, "name")).toHaveLength(1);
    expect(WebAssembly.Module.customSections(module, "sourceMappingURL")).toHaveLength(0);
  });

  test("cannot be metered again", () => {
    expect(() => meter(meter(wat("(module (func))")).bytes)).toThrow(WasmFormatError);
  });

  test("takes time in proportion to its size, whatever is in it", () => {
    // Deep stacks, and locals that are set while much lies on them: quadratic if done carelessly.
    const body = "i32.const 0 ".repeat(40_000) + "local.get 0 local.set 1 ".repeat(40_000) +
      "drop ".repeat(40_000);
    const { bytes } = meter(wat(`(module (func (param i32) (local i32) ${body}))`));
    expect(WebAssembly.validate(bytes)).toBe(true);
  });
});

import { expect, test } from "vitest";
import { coreIsolate, failureOf } from "./wasi/support/guest.ts";

const MODULE = `(module (memory 1) (table $t 2 funcref) (table $x 1 externref) (tag $tag)
  (elem $e func $nothing) (data $d "abc") (elem (table $t) (i32.const 0) func $takes)
  (func $nothing) (func $takes (param i32))
  (func (export "unreachable") (unreachable))
  (func (export "load") (drop (i64.load (i32.const 65529))))
  (func (export "store") (i32.store (i32.const -1) (i32.const 0)))
  (func (export "fill") (memory.fill (i32.const 65530) (i32.const 0) (i32.const 7)))
  (func (export "copy") (memory.copy (i32.const 0) (i32.const 65530) (i32.const 7)))
  (func (export "init") (memory.init $d (i32.const 0) (i32.const 1) (i32.const 3)))
  (func (export "dropped") (data.drop $d) (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (export "vector") (drop (v128.load (i32.const 65530))))
  (func (export "div") (drop (i32.div_s (i32.const 1) (i32.const 0))))
  (func (export "div64") (drop (i64.div_u (i64.const 1) (i64.const 0))))
  (func (export "rem") (drop (i32.rem_u (i32.const 1) (i32.const 0))))
  (func (export "overflow") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
  (func (export "overflow64") (drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1))))
  (func (export "trunc") (drop (i32.trunc_f64_s (f64.const 1e10))))
  (func (export "truncNaN") (drop (i64.trunc_f32_u (f32.const nan))))
  (func (export "wrongType") (call_indirect $t (i32.const 0)))
  (func (export "nullEntry") (call_indirect $t (i32.const 1)))
  (func (export "noEntry") (call_indirect $t (i32.const 2)))
  (func (export "get") (drop (table.get $x (i32.const 1))))
  (func (export "set") (table.set $t (i32.const 2) (ref.null func)))
  (func (export "tableFill") (table.fill $t (i32.const 1) (ref.null func) (i32.const 2)))
  (func (export "tableCopy") (table.copy $t $t (i32.const 0) (i32.const 1) (i32.const 2)))
  (func (export "tableInit") (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 2)))
  (func (export "throw") (throw $tag)))`;

const MEMORY = "out of bounds memory access";
const TABLE = "out of bounds table access";
const NO_FUNCTION = "called through a table where there is no function of that type";
const TRUNCATED = "a number does not fit into the integer that it is converted to";

test.each([
  ["unreachable", "unreachable executed"],
  ...["load", "store", "fill", "copy", "init", "dropped", "vector"].map((name) => [name, MEMORY]),
  ...["div", "div64", "rem"].map((name) => [name, "division by zero"]),
  ...["overflow", "overflow64"].map((name) => [name, "integer overflow"]),
  ...["trunc", "truncNaN"].map((name) => [name, TRUNCATED]),
  ...["wrongType", "nullEntry"].map((name) => [name, NO_FUNCTION]),
  ...["noEntry", "get", "set", "tableFill", "tableCopy", "tableInit"].map((name) => [name, TABLE]),
  ["throw", "an exception was not caught"],
])("a trap in %s is called the same by every engine", (name = "", message = "") => {
  const isolate = coreIsolate(MODULE);
  expect(failureOf(isolate.call(name, []))).toEqual({ kind: "crash", message });
});

import { expect, test } from "vitest";
import { functionText, readComponent, Tagged } from "../../../sandbox/component/mod.ts";
import { ALLOCATOR, assemble, load } from "./support/wat.ts";

const text = `(component
  (core module $m ${ALLOCATOR}
    (func (export "top-k") (param $at i32) (param $length i32) (param $k i32) (result i32)
      (i32.store (i32.const 0) (local.get $at))
      (i32.store (i32.const 4) (local.get $k))
      (i32.const 0))
    (func (export "hello") (param $at i32) (param $length i32) (result i32)
      (i32.store (i32.const 0) (i32.eqz (local.get $length)))
      (i32.store (i32.const 4) (local.get $at))
      (i32.store (i32.const 8) (local.get $length))
      (i32.const 0)))
  (core instance $i (instantiate $m))
  (func (export "top-k") (param "values" (list s32)) (param "k" u32) (result (list s32))
    (canon lift (core func $i "top-k") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
  (func (export "hello") (param "name" string) (result (result string (error string)))
    (canon lift (core func $i "hello") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
)`;

test("a component takes and gives lists and strings", async () => {
  const bytes = await assemble(text);
  const { exports } = readComponent(bytes);
  expect(exports.map((one) => one.sort === "function" ? [one.name, functionText(one.type)] : []))
    .toEqual([
      ["top-k", "func(values: list<s32>, k: u32) -> list<s32>"],
      ["hello", "func(name: string) -> result<string, string>"],
    ]);
  const { call } = load(bytes);
  expect(call("top-k", [3, -1, 2], 2)).toEqual([3, -1]);
  expect(call("hello", "Zoë")).toEqual(new Tagged("ok", "Zoë"));
  expect(call("hello", "")).toEqual(new Tagged("err", ""));
});

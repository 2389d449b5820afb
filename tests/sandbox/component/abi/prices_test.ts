import { describe, expect, test } from "vitest";
import type { ComponentValue } from "../../../../sandbox/component/mod.ts";
import { ALLOCATOR, loadText } from "../support/wat.ts";

const FIELDS = 500;
const WIDE = `(record ${
  Array.from({ length: FIELDS }, (_, at) => `(field "a${at}" u8)`).join(" ")
})`;

/** Fuel for one call of a function that gives what lies at 2048, or for handing that to another component. */
async function spent(type: string, where: "leaves" | "stays"): Promise<number> {
  const { call, store } = await loadText(`(component
    (component $inner
      (type $t0 ${type}) (export $t "t" (type $t0))
      (core module $m ${ALLOCATOR} (func (export "take") (param i32)))
      (core instance $i (instantiate $m))
      (func (export "take") (param "x" (tuple $t u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64 u64
        u64 u64 u64 u64))
        (canon lift (core func $i "take") (memory (core memory $i "memory"))
          (realloc (core func $i "realloc")))))
    (instance $inner (instantiate $inner))
    (alias export $inner "t" (type $t))
    (alias export $inner "take" (func $take))
    (core module $memory ${ALLOCATOR})
    (core instance $memory (instantiate $memory))
    (core func $take (canon lower (func $take) (memory (core memory $memory "memory"))
      (realloc (core func $memory "realloc"))))
    (core module $m
      (import "" "take" (func $take (param i32)))
      (import "m" "memory" (memory 1))
      (data (i32.const 2048) "\\00\\0c\\00\\00\\64\\00\\00\\00")
      (func (export "stays") (call $take (i32.const 2048)))
      (func (export "leaves") (result i32) (i32.const 2048)))
    (core instance $i (instantiate $m
      (with "m" (instance $memory)) (with "" (instance (export "take" (func $take))))))
    (export $e "t" (type $t))
    (func (export "stays") (canon lift (core func $i "stays")))
    (func (export "leaves") (result $e)
      (canon lift (core func $i "leaves") (memory (core memory $memory "memory")))))`);
  store.spent = 0;
  call(where);
  return store.spent;
}

describe("fuel for values is in proportion to what they take of the host", () => {
  test("a hundred units a field for each of lifting and lowering, between components", async () => {
    expect(await spent(WIDE, "stays")).toBeGreaterThan(2 * FIELDS * 100);
  });

  test("more for a record that leaves, which is made JavaScript's and text as well", async () => {
    expect(await spent(WIDE, "leaves")).toBeGreaterThan(FIELDS * 300);
  });

  test.each([["u16", 64], ["u64", 300], ["u8", 64], ["f64", 64]])(
    "a list of a hundred %s that leaves takes %i for each",
    async (element, each) => {
      const fuel = await spent(`(list ${element})`, "leaves");
      expect(fuel).toBeGreaterThan(100 * each);
      expect(fuel).toBeLessThan(100 * each + 3000);
    },
  );

  test("a hundred bytes of text that leaves take 32 for each", async () => {
    expect(await spent("string", "leaves")).toBeGreaterThan(100 * 32);
  });
});

test("records in records are paid for, though they are one core value", async () => {
  let type = '(record (field "a" u8))';
  let value: ComponentValue = { a: 1 };
  const types: string[] = [];
  for (let depth = 0; depth < 50; depth++) {
    types.push(`(type $t${depth} ${type}) (export $e${depth} "e${depth}" (type $t${depth}))`);
    type = `(record (field "a" $e${depth}))`;
    if (depth > 0) value = { a: value };
  }
  const { call, store } = await loadText(`(component ${types.join("\n")}
    (core module $m (func (export "f") (param i32)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "x" $e49) (canon lift (core func $i "f"))))`);
  store.spent = 0;
  call("f", value);
  expect(store.spent).toBeGreaterThan(50 * 600);
});

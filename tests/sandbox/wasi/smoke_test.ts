import { expect, test } from "vitest";
import { coreIsolate, valueOf } from "./support/guest.ts";

test("a plain module is called", () => {
  const isolate = coreIsolate(
    `(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))`,
  );
  expect(valueOf(isolate.call("add", [1, 2]))).toBe(3);
});

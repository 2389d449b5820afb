import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMPONENTS, expectTopK, expectWasiTopK, runCommand } from "../compilers/top_k.ts";
import { ROOT } from "../house/sources.ts";
import { load } from "../sandbox/component/support/wat.ts";

function committed(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(ROOT, "examples", "components", `${name}.wasm`)));
}

describe("the example components", () => {
  test.each(COMPONENTS)("%s gives the largest elements, call after call", (name) => {
    expectTopK(committed(name));
  });

  test.each(COMPONENTS)("%s is small", (name) => {
    expect(committed(name).length).toBeLessThan(20_000);
  });

  test("drops-duplicates-c is wrong in the way that it says", () => {
    const { call } = load(committed("drops-duplicates-c"));
    expect(call("top-k", [3, 1, 2], 2)).toEqual([3, 2]);
    expect(call("top-k", [3, 3, 2], 2)).toEqual([3, 2]);
    expect(call("top-k", [0, 0], 2)).toEqual([0]);
    expect(call("top-k", [], 2)).toEqual([]);
  });
});

describe("the example command", () => {
  const module = new WebAssembly.Module(committed("top-k-wasi"));

  test("gives the largest elements", () => {
    expectWasiTopK(committed("top-k-wasi"));
    expect(runCommand(module, "topK", " [ [3 , -1,\n2], 2 ] \n").stdout).toBe("[3,2]");
  });

  test.each([
    ["topk", "[[1],1]", "no such function\n"],
    ["topK", "[[1.5],1]", "the arguments are not [[integers], integer]\n"],
    ["topK", "", "the arguments are not [[integers], integer]\n"],
    ["topK", `[[${"1,".repeat(5000)}1],1]`, "the list is too long\n"],
    ["topK", " ".repeat(70_000), "the arguments are too long\n"],
  ])("fails for %s of %s", (name, stdin, stderr) => {
    expect(runCommand(module, name, stdin)).toEqual({ code: 1, stdout: "", stderr });
  });
});

import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureCompilers, findCompilers, needsCompilers } from "./compilers.ts";

const path = process.env["PATH"] ?? "";
beforeEach(() => {
  process.env["PATH"] = path;
});
afterEach(() => {
  process.env["PATH"] = path;
});

describe("the compilers", () => {
  test("are looked for where tests are chosen that use them", () => {
    expect(needsCompilers(["tests/wasm/meter_test.ts", "tests/docs/documents_test.ts"])).toBe(true);
    expect(needsCompilers(["tests/wasm/meter_test.ts"])).toBe(false);
    expect(needsCompilers([])).toBe(false);
  });

  test("are found wherever the path leads, or it is said how to install them", () => {
    const found = findCompilers();
    if (found.found) {
      expect(found.compilers.clang).toMatch(/clang$/);
      expect(found.compilers.rustc).toMatch(/rustc$/);
      expect(ensureCompilers()).toBeUndefined();
    } else {
      expect(found.reason).toMatch(/not found; on Debian they come with: apt-get install clang/);
    }
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selectTests } from "./selection.ts";

const WASM = "tests/wasm/meter_test.ts";
const SANDBOX = "tests/sandbox/values/codec_test.ts";
const STATS = "tests/stats/wilson_test.ts";

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "cupel-selection-"));
  for (const path of [WASM, SANDBOX, STATS, "tests/wasm/programs.ts", "src/not_here_test.ts"]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
});

afterAll(() => rmSync(root, { recursive: true }));

describe("the choice of test files", () => {
  test("is every test file without filters; engine and sandbox ones run on every runtime", () => {
    expect(selectTests(root, [])).toEqual({
      all: [SANDBOX, STATS, WASM],
      portable: [SANDBOX, WASM],
    });
  });

  test("follows parts of paths, however they are written", () => {
    for (const filter of ["tests/wasm", "./tests/wasm", "meter", join(root, "tests", "wasm")]) {
      expect(selectTests(root, [filter]).all).toEqual([WASM]);
    }
    expect(selectTests(root, ["wilson"])).toEqual({ all: [STATS], portable: [] });
  });

  test("is empty where nothing matches", () => {
    expect(selectTests(root, ["no-such-file"])).toEqual({ all: [], portable: [] });
  });
});

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KERNEL_NAMES } from "../../bench/kernels/kernels.ts";
import { ROOT } from "../house/sources.ts";
import { findCompilers } from "../runner/compilers.ts";
import { COMPONENTS, expectTopK, expectWasiTopK } from "./top_k.ts";

/** The compilers that the committed files are of; others give other bytes. */
const RECORDED = { clang: "14.0.6", rustc: "1.63.0" };

const SCRIPT = join(ROOT, "examples", "components", "build.sh");
const compilers = findCompilers();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cupel-build-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Builds the examples of a language and the kernels into the folder. */
function build(language: string): void {
  const bin = join(folder, "bin");
  const path = `${bin}${delimiter}${process.env["PATH"]}`;
  const { status, stderr } = spawnSync("bash", [SCRIPT, folder, language], {
    encoding: "utf8",
    env: { ...process.env, PATH: path },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

beforeAll(() => {
  const bin = join(folder, "bin");
  spawnSync("mkdir", ["-p", bin]);
  symlinkSync(process.execPath, join(bin, "deno"));
  // AssemblyScript's compiler needs a Node, of any age, or what runs its programs.
  const node = join(bin, "node");
  writeFileSync(node, `#!/bin/sh\nexec "${process.execPath}" run -A "$@"\n`);
  chmodSync(node, 0o755);
});

function versionOf(compiler: string): string | undefined {
  const { stdout } = spawnSync(compiler, ["--version"], { encoding: "utf8" });
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
}

/** Compares a file that was built with the one that is committed. */
function expectSameBytes(built: string, committed: string): void {
  const [one, other] = [join(folder, built), join(ROOT, committed)].map((path) =>
    readFileSync(path)
  );
  expect(one?.equals(other ?? new Uint8Array()), committed).toBe(true);
}

describe("the script builds what is committed", () => {
  test("in AssemblyScript, whose compiler is a dependency", () => {
    build("assemblyscript");
    const name = "top-k-assemblyscript.wasm";
    expectSameBytes(name, `examples/components/${name}`);
  });

  test("in C", ({ skip }) => {
    if (!compilers.found) return skip(compilers.reason);
    build("c");
    expectTopK(readFileSync(join(folder, "top-k-c.wasm")));
    expectWasiTopK(readFileSync(join(folder, "top-k-wasi.wasm")));
    if (versionOf(compilers.compilers.clang) !== RECORDED.clang) return;
    for (const name of ["top-k-c", "drops-duplicates-c", "top-k-wasi"]) {
      expectSameBytes(`${name}.wasm`, `examples/components/${name}.wasm`);
    }
    for (const name of KERNEL_NAMES) {
      expectSameBytes(`kernels/${name}.wasm`, `bench/kernels/${name}.wasm`);
    }
  });

  test("in Rust", ({ skip }) => {
    if (!compilers.found) return skip(compilers.reason);
    build("rust");
    expectTopK(readFileSync(join(folder, "top-k-rust.wasm")));
    if (versionOf(compilers.compilers.rustc) !== RECORDED.rustc) return;
    expectSameBytes("top-k-rust.wasm", "examples/components/top-k-rust.wasm");
  });

  test("and nothing more", () => {
    const committed = (path: string) =>
      readdirSync(join(ROOT, path)).filter((name) => name.endsWith(".wasm")).sort();
    expect(committed("examples/components")).toEqual(
      [...COMPONENTS, "drops-duplicates-c", "top-k-wasi"].map((name) => `${name}.wasm`).sort(),
    );
    expect(committed("bench/kernels")).toEqual(KERNEL_NAMES.map((name) => `${name}.wasm`).sort());
  });
});

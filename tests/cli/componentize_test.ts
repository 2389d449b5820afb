import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";
import { assemble, load } from "../sandbox/component/support/wat.ts";
import { cupel, Folder, runtimes } from "./cupel.ts";

const WIT = `package test:adder;
interface numbers { add-one: func(value: u32) -> u32; }
world adder { export add-two: func(value: u32) -> u32; export numbers; }
world sums { export sum: func(values: list<u32>) -> u32; }
`;

/** A core module that adds one and two, under the names that are given. */
function core(one: string, two: string, more = ""): string {
  return `(module ${more}
    (func (export "${one}") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (memory (export "memory") 1)
    (func (export "${two}") (param i32) (result i32) (i32.add (local.get 0) (i32.const 2))))`;
}

let folder: Folder;
let wit: string;
let out: string;
beforeAll(async () => {
  folder = new Folder();
  wit = folder.write("adder.wit", WIT);
  out = join(folder.path, "out.wasm");
  await write("exact.wasm", core("test:adder/numbers#add-one", "add-two"));
});
afterAll(() => folder.dispose());

async function write(name: string, text: string): Promise<string> {
  return folder.write(name, await assemble(text));
}

function options(core: string, ...more: string[]): string[] {
  return ["componentize", core, "--wit", wit, "--out", out, ...more];
}

async function made(text: string): Promise<ReturnType<typeof load>> {
  const file = await write("core.wasm", text);
  expect(await cupel(options(file, "--world", "adder"))).toMatchObject({ code: 0, stderr: "" });
  return load(new Uint8Array(readFileSync(out)));
}

describe("cupel componentize", () => {
  test("makes a component, the same bytes on every runtime", async () => {
    const bytes: string[] = [];
    for (const { command } of runtimes) {
      const file = join(folder.path, "exact.wasm");
      const ended = await cupel(options(file, "--world", "adder"), { command });
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      bytes.push(readFileSync(out).toString("hex"));
      expect(ended.stdout).toBe(`${out}: a component of ${(bytes[0] ?? "").length / 2} bytes\n`);
    }
    expect(new Set(bytes).size).toBe(1);
    const { call } = load(new Uint8Array(readFileSync(out)));
    expect(call("add-two", 40)).toBe(42);
  });

  test.each([
    ["test_adder_numbers_addOne", "addTwo"],
    ["test_adder_numbers_add_one", "add_two"],
  ])("renames %s and %s, which differ from the world's in style only", async (one, two) => {
    const { call } = await made(core(one, two));
    expect(call("add-two", 40)).toBe(42);
  });

  test("makes one that runs of a world that takes types from an interface", async () => {
    const types = folder.write(
      "types.wit",
      `package me:weather;
       interface types { record reading { celsius: f64, note: option<u8> } }
       world w { use types.{reading}; export hotter: func(than: reading) -> option<reading>; }`,
    );
    const file = await write(
      "weather.wasm",
      `(module (memory (export "memory") 1)
         (func (export "hotter") (param $celsius f64) (param i32 i32) (result i32)
           (i32.store8 (i32.const 8) (i32.const 1))
           (f64.store (i32.const 16) (f64.add (local.get $celsius) (f64.const 1)))
           (i32.const 8)))`,
    );
    const ended = await cupel(["componentize", file, "--wit", types, "--out", out]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.not.stringContaining("note") });
    const run = await cupel([
      "run",
      out,
      "--call",
      "hotter",
      "--args",
      '[{"celsius":2}]',
      "--json",
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, value: { celsius: 3 } });
    expect(JSON.parse(run.stdout).value).toEqual({ celsius: 3 });
    expect((await cupel(["inspect", out])).stdout).toContain("\nimports  none\n");
  });

  test("notes what the world imports and Cupel does not grant", async () => {
    const world = (imports: string) =>
      folder.write(
        "log.wit",
        `package a:b; interface log { say: func(n: u32); }
         world w { ${imports} import wasi-less: func(); export f: func(); }`,
      );
    const text = (imports: string) =>
      `(module ${imports} (import "$root" "wasi-less" (func)) (func (export "f")))`;
    const noteOn = async (file: string, wit: string) => {
      const ended = await cupel(["componentize", file, "--wit", wit, "--out", out]);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      return ended.stdout.split("\n").slice(1).join("\n");
    };
    const one = await write("one.wasm", text(""));
    expect(await noteOn(one, world(""))).toBe(
      "note: it imports wasi-less, and Cupel does not grant it\n",
    );
    const two = await write("two.wasm", text(`(import "a:b/log" "say" (func (param i32)))`));
    expect(await noteOn(two, world("import log;"))).toBe(
      "note: it imports a:b/log, wasi-less, and Cupel grants neither\n",
    );
  });

  test("renames what is called after a call, and nothing that has its name", async () => {
    const names = `(func (export "ADDTWO") (param i32) (result i32) (i32.const 0))`;
    const { call } = await made(core("test:adder/numbers#add-one", "add-two", names));
    expect(call("add-two", 40)).toBe(42);
  });

  test("takes the only world of a file where none is named", async () => {
    const path = join(ROOT, "examples", "components", "top-k.wit");
    const text = `(module (memory (export "memory") 1)
      (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "cabi_post_topK") (param i32))
      (func (export "topK") (param i32 i32 i32) (result i32) (i32.const 8)))`;
    const file = await write("top.wasm", text);
    const { code, stderr } = await cupel(["componentize", file, "--wit", path, "--out", out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(load(new Uint8Array(readFileSync(out))).call("top-k", [], 1)).toEqual([]);
  });

  test("replaces the file that was there, and leaves nothing else behind", async () => {
    const place = new Folder();
    const old = place.write("adder.wasm", "old");
    const file = join(folder.path, "exact.wasm");
    await cupel(["componentize", file, "--wit", wit, "--world", "adder", "--out", old]);
    expect(readFileSync(old).subarray(0, 4).toString()).toBe("\0asm");
    expect(readdirSync(place.path)).toEqual(["adder.wasm"]);
    place.dispose();
  });
});

describe("cupel componentize refuses, in one line and with exit code 3,", () => {
  async function refusal(args: string[]): Promise<string> {
    const target = join(folder.path, "never.wasm");
    const { code, stdout, stderr } = await cupel([...args, "--out", target]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(existsSync(target)).toBe(false);
    return stderr;
  }
  const exact = () => ["componentize", join(folder.path, "exact.wasm"), "--wit"];
  const of = (file: string) => ["componentize", file, "--wit", wit, "--world", "adder"];

  test("a file that is not there", async () => {
    expect(await refusal(of("nowhere.wasm"))).toMatch(/cannot read nowhere.wasm: there is no such/);
    expect(await refusal([...exact(), "no.wit"])).toMatch(
      /read --wit from "no.wit": it is not there/,
    );
  });

  test("what is no core module", async () => {
    expect(await refusal(of("README.md"))).toMatch(
      /README.md as it must be a core module: it does/,
    );
    const component = join(ROOT, "examples", "components", "top-k-c.wasm");
    expect(await refusal(of(component))).toMatch(/must be a core module: it is a component/);
  });

  test.each([
    ["what is not expected", "world x {\n  expor y;\n}\n// $", 3, "expected `import`, `export`, "],
    ["an odd character", "\nworld x {\n  $\n}\n$", 4, "unexpected character '$'"],
    [
      "a comment without an end",
      "/* one\n*/ world x {\n/* two\n}",
      4,
      "unterminated block comment",
    ],
    [
      "a name in camel case",
      "world x {\n  export makeSlug: func();\n}",
      3,
      "invalid character in identifier 'S'; names in WIT are in kebab case: make-slug",
    ],
    [
      "a name with an underscore",
      "world x {\n  export make_slug: func();\n}",
      3,
      "invalid character in identifier '_'; names in WIT are in kebab case: make-slug",
    ],
    ["what comes too early", "interface y { type t = list<>; }\nworld x {}", 2, "expected a type"],
    ["a text that ends too early", "world x {\n  export y: func();\n\n", 3, "expected `import`, "],
    [
      "a name that means nothing",
      "world x {\n  export y: func(z: u3);\n}",
      3,
      "name `u3` does not",
    ],
  ])("a text that is not WIT, by its line: %s", async (_, text, line, reason) => {
    const bad = folder.write("bad.wit", `package a:b;\n${text}`);
    const complaint = await refusal([...exact(), bad]);
    expect(
      complaint.startsWith(`error: cannot use the WIT of ${bad}:${line}: ${reason}`),
      complaint,
    )
      .toBe(true);
  });

  test("a text that is not WIT, without a line where none can be told", async () => {
    const bad = folder.write("bad.wit", "package a:b;\nworld x { export y: func(a: u8, a: u8); }");
    const message = /cannot use the WIT of .*bad.wit: param `a` is defined more than once/;
    expect(await refusal([...exact(), bad])).toMatch(message);
  });

  test("a world that is not there, and none where there are several", async () => {
    expect(await refusal([...exact(), wit, "--world", "nope"])).toMatch(/World `nope` not found/);
    expect(await refusal([...exact(), wit])).toMatch(/multiple worlds.* test:adder\/adder/);
  });

  test("an export that is missing, or of another type", async () => {
    const other = await write("other.wasm", core("test:adder/numbers#add-one", "add-three"));
    expect(await refusal(of(other))).toMatch(
      /other.wasm as it must export add-two: it exports test:adder\/numbers#add-one, add-three\n/,
    );
    const sum = await write("sum.wasm", core("one", "sum"));
    const args = ["componentize", sum, "--wit", wit, "--world", "sums"];
    const type = (has: string, wit: string) =>
      `sum.wasm: its function sum has the type ${has}, where the WIT asks for ${wit}`;
    expect(await refusal(args)).toContain(type("(i32) -> i32", "(i32, i32) -> i32\n"));
    await write("sum.wasm", `(module (func (export "sum") (param i32 i32 i32)))`);
    expect(await refusal(args)).toContain(
      type("(i32, i32, i32) -> ()", "(i32, i32) -> i32: a result of more than one number is given"),
    );
  });

  test.each([
    [
      "a module of WASI preview 1, which runs as it is",
      `(import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))`,
      "wasi_snapshot_preview1.proc_exit: run it as it is, or build it for wasm32-wasip2",
    ],
    [
      "AssemblyScript that can abort",
      `(import "env" "abort" (func (param i32 i32 i32 i32)))`,
      "env.abort: compile AssemblyScript with --use abort=",
    ],
    [
      "symbols of C that nothing defines",
      `(import "env" "abort" (func)) (import "env" "sqrtf" (func (param f32) (result f32)))`,
      "env.abort, env.sqrtf: env is where a linker puts what nothing defines: " +
      "link the object file or library that does",
    ],
    [
      "an interface that the world has not",
      `(import "wasi:io/poll@0.2.0" "poll" (func (param i32 i32 i32)))`,
      "wasi:io/poll@0.2.0.poll: the world in WIT does not import wasi:io/poll",
    ],
    [
      "what is linked to be loaded by another module",
      `(import "GOT.mem" "x" (global (mut i32)))`,
      "GOT.mem.x: a component's module can import functions only, and not a global: " +
      "link it to stand alone",
    ],
  ])("imports that the world has not, with what helps: %s", async (_, imports, reason) => {
    const file = await write("odd.wasm", core("test:adder/numbers#add-one", "add-two", imports));
    expect((await refusal(of(file))).replace(wit, "WIT")).toBe(
      `error: cannot make a component of ${file} as it imports ${reason}\n`,
    );
  });

  test("a module that lacks what lists and strings are handed over by", async () => {
    const sum = (more: string) =>
      `(module ${more} (func (export "sum") (param i32 i32) (result i32) (i32.const 0)))`;
    const refusalOf = async (more: string) =>
      await refusal(
        ["componentize", await write("sum.wasm", sum(more)), "--wit", wit, "--world", "sums"],
      );
    expect(await refusalOf(`(memory (export "memory") 1)`)).toMatch(
      /sum\.wasm: it must export cabi_realloc, a function \(i32, i32, i32, i32\) -> i32, by which/,
    );
    expect(
      await refusalOf(`(func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
        (i32.const 0))`),
    ).toMatch(/sum\.wasm: it must export memory, the memory in which strings, lists/);
  });

  test("a place that cannot be written to", async () => {
    const { code, stderr } = await cupel([
      ...of(join(folder.path, "exact.wasm")),
      "--out",
      "/no/x.wasm",
    ]);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'error: cannot write --out to "/no/x.wasm": its folder is not there\n',
    });
  });
});

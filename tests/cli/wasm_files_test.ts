import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";
import { assemble } from "../sandbox/component/support/wat.ts";
import { commandModule, writing } from "../sandbox/wasi/support/command.ts";
import { cupel, Folder } from "./cupel.ts";

const COMPONENT = join(ROOT, "examples", "components", "top-k-c.wasm");
const PAIR = `(component
  (type $pair' (record (field "left" u8) (field "right" u8)))
  (import "pair" (type $pair (eq $pair')))
  (core module $m (func (export "f") (param i32 i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m))
  (func $f (param "both" $pair) (result u8) (canon lift (core func $i "f")))
  (export "left-of" (func $f)))`;

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
  folder.write("words.txt", "alpha\n");
});
afterAll(() => folder.dispose());

async function wasm(name: string, text: string): Promise<string> {
  return folder.write(name, await assemble(text));
}

async function inspect(file: string, code: number): Promise<Record<string, unknown>> {
  const ended = await cupel(["inspect", file, "--json"]);
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: "" });
  return JSON.parse(ended.stdout);
}

describe("cupel inspect", () => {
  test("says what can be called, and that all is granted", async () => {
    const { code, stdout } = await cupel(["inspect", COMPONENT]);
    expect(code).toBe(0);
    expect(stdout).toContain("  topK  top-k  func(values: list<s32>, k: u32) -> list<s32>\n");
    expect(stdout).toMatch(/\nall that it needs is granted\n$/);
  });

  test("takes a named type for nothing that is imported", async () => {
    const { imports, exports, refusals } = await inspect(await wasm("pair.wasm", PAIR), 0);
    expect({ imports, refusals }).toEqual({ imports: [], refusals: [] });
    expect(exports).toMatchObject([{ call: "leftOf" }]);
  });

  test("shows a resource that nobody gives as refused", async () => {
    const file = await wasm("r.wasm", `(component (import "r" (type (sub resource))))`);
    const { imports } = await inspect(file, 1);
    expect(imports).toEqual([{ name: "r", granted: false, what: "type" }]);
  });

  test("shows what a manifest grants", async () => {
    await wasm("program.wasm", commandModule(""));
    const manifest = folder.write(
      "program.toml",
      `module = "program.wasm"\nargs = ["-n"]\nfiles = { "/data/words.txt" = "words.txt" }`,
    );
    expect(await inspect(manifest, 0)).toMatchObject({
      kind: "wasi command",
      grants: { args: ["-n"], files: [{ path: "/data/words.txt", bytes: 6 }] },
    });
    const { stdout } = await cupel(["inspect", manifest]);
    expect(stdout).toContain('\narguments, from the manifest\n  "-n"\n');
    expect(stdout).toContain("\nfiles, from the manifest\n  /data/words.txt  6 B\n");
    expect(await inspect(join(folder.path, "program.wasm"), 0)).toMatchObject({ grants: null });
  });

  test("refuses a manifest that grants to who cannot have it, as does run", async () => {
    await wasm("gcd.wasm", `(module (func (export "gcd")))`);
    const manifest = folder.write("gcd.toml", `module = "gcd.wasm"\nargs = ["-n"]`);
    const { refusals: [why] } = await inspect(manifest, 1) as { refusals: string[] };
    expect(why).toMatch(/^cannot be given the args of its manifest: it is a core module without/);
    const { code, stderr } = await cupel(["run", manifest, "--call", "gcd"]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(String(why)) });
  });

  test("tells of a core module that was made for a component", async () => {
    const { hint } = await inspect(await wasm("k.wasm", `(module (func (export "top-k")))`), 0);
    expect(hint).toMatch(
      /^it follows the canonical ABI: cupel componentize makes a component of it/,
    );
  });

  test.each([
    ["shared memories (threads)", `(module (memory 1 2 shared))`],
    ["64-bit memories and tables (memory64)", `(module (memory i64 1))`],
    [
      "atomic instructions (threads)",
      `(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))`,
    ],
    [
      "in a core module, shared memories (threads)",
      `(component (core module (memory 1 2 shared)))`,
    ],
  ])("refuses what uses %s, and says no more than it knows", async (what, text) => {
    const file = await wasm("unsupported.wasm", text);
    const { refusals } = await inspect(file, 1);
    const start = `uses what Cupel does not run: ${what} (at byte offset 0x`;
    expect(refusals).toEqual([expect.stringContaining(start)]);
    const { stdout } = await cupel(["inspect", file]);
    expect(stdout).toContain(`\nrefused  it ${start}`);
  });

  test("says what helps where a linker left something over, as does run", async () => {
    const text = `(module (import "env" "f" (func)) (import "env" "g" (func))
      (func (export "top-k")))`;
    const file = await wasm("left.wasm", text);
    const hint = "env is where a linker puts what nothing defines: " +
      "link the object file or library that does";
    expect(await inspect(file, 1)).toMatchObject({ hint });
    const { stderr } = await cupel(["run", file, "--call", "f"]);
    expect(stderr).toMatch(
      /: it imports env\.f, .*; imports env\.g, [^;]* \(env is where [^;]*\)\n$/,
    );
    expect(stderr).not.toContain("componentize");
    const withTable = `(module (import "env" "memory" (memory 1)))`;
    expect(await inspect(await wasm("half.wasm", withTable), 1)).toMatchObject({
      hint: "link it to stand alone, with a memory and a table of its own",
    });
  });

  test("says how a command is called", async () => {
    const { stdout } = await cupel(["inspect", await wasm("command.wasm", commandModule(""))]);
    expect(stdout).toContain(
      "\nexports: none is called; --call takes any name, which the program ",
    );
  });

  test.each([
    ["a.wat", "(module)", "; compile it to WebAssembly first (docs/guests.md says how)"],
    ["a.o", "", "; link it first, with wasm-ld or by clang (docs/guests.md says how)"],
    ["text.wasm", "(module)\n", "in the binary format: it looks like text"],
    ["short.wasm", "\0asm", "in the binary format: it ends too early, as if cut off"],
    ["cut.wasm", "\0asm\x01\0\0\0\x01", ": it ends too early, as if cut off (at byte offset 0x9)"],
  ])("says of %s what it is, or what to do first", async (name, content, end) => {
    const { code, stderr } = await cupel(["inspect", folder.write(name, content)]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(`${end}\n`) });
  });

  test("refuses what only the engine finds to be wrong", async () => {
    const broken = new Uint8Array(await assemble(`(module (func (drop (i32.const 1))))`));
    // An operand that is not there: `nop` where the constant was.
    const at = broken.findIndex((byte, index) => byte === 0x41 && broken[index + 1] === 1);
    broken.fill(0x01, at, at + 2);
    const { refusals } = await inspect(folder.write("broken.wasm", broken), 1);
    expect(refusals).toHaveLength(1);
  });
});

/** Files that are no guests, and how each command ends with them. */
describe.each([
  ["that is refused", async () => await wasm("env.wasm", `(module (import "env" "f" (func)))`), 1],
  [
    "a component that is refused",
    async () => await wasm("refused.wasm", `(component (import "a:b/c" (instance)))`),
    1,
  ],
  [
    "that ends in its middle",
    async () => {
      const all = await assemble(PAIR);
      return folder.write("short.wasm", all.subarray(0, all.length - 20));
    },
    3,
  ],
  ["that is something else", async () => await folder.write("text.wasm", "text"), 3],
])("a file %s", (_, make, inspected) => {
  test("is bad input of run and evaluate; inspect tells the refused from what it cannot read", async () => {
    const file = await make();
    const run = await cupel(["run", file, "--call", "topK", "--json"]);
    expect(run).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringMatching(/^error: .*\n$/),
    });
    const task = ["examples/top-k/task.ts", "--baseline", "examples/top-k/baseline.ts"];
    const evaluate = await cupel(["evaluate", ...task, "--candidate", file]);
    expect(evaluate).toMatchObject({ code: 3, stdout: "" });
    expect(await cupel(["inspect", file])).toMatchObject({ code: inspected });
  });
});

test("code that fails while it is loaded is a failure of the guest", async () => {
  const start = await wasm("start.wasm", "(module (func $f unreachable) (start $f))");
  const throwing = folder.write("throws.ts", `throw new Error("no"); export function f() {}`);
  for (const file of [start, throwing]) {
    const { code, stdout } = await cupel(["run", file, "--call", "f"]);
    expect({ file, code }).toEqual({ file, code: 1 });
    expect(stdout).toMatch(/^load: Cannot load /);
  }
});

describe("cupel run", () => {
  test.each(["top-k.c", "top-k.wat", "lib.RS"])("says how %s can be taken", async (name) => {
    const file = folder.write(name, "");
    const { code, stderr } = await cupel(["run", file, "--call", "f"]);
    expect(code).toBe(3);
    expect(stderr).toContain(".jsx, .wasm, or .toml for a guest's manifest: current value is .");
    expect(stderr).toContain("; compile it to WebAssembly first (docs/guests.md says how)\n");
  });

  test("says what is taken instead of a file of data", async () => {
    const { code, stderr } = await cupel(["run", folder.write("a.json", "{}"), "--call", "f"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\.ts, .*, \.wasm, or \.toml for a guest's manifest: .* is \.json\n$/);
  });

  test("says which argument does not fit, and why", async () => {
    const run = async (args: string) =>
      (await cupel(["run", COMPONENT, "--call", "topK", "--args", args])).stdout.split("\n")[0];
    const start = "exception: Cannot call topK with these arguments: ";
    expect(await run("[[3, 1.5], 2]")).toBe(
      `${start}argument 1[1], of type s32, must be an integer from -2147483648 to 2147483647: ` +
        "current value is 1.5",
    );
    expect(await run("[[3]]")).toBe(`${start}it takes 2 arguments and was given 1`);
  });

  test("tells a program that looked for files, and may not know why it finds none, where they come from", async () => {
    const { body, more } = writing("cannot open words.txt\n", 2);
    const program = (calls: string, says = body) =>
      commandModule(`${calls} ${says} (call $proc_exit (i32.const 1))`, more).replace(
        "(module",
        `(module (import "wasi_snapshot_preview1" "path_open"
            (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_prestat_get"
            (func $fd_prestat_get (param i32 i32) (result i32)))`,
      );
    const opens = `(drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 1000) (i32.const 1)
      (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 0)))`;
    const looks = `(drop (call $fd_prestat_get (i32.const 3) (i32.const 0)))`;
    const hint = "(it has no files: a manifest grants them, see docs/guests.md)\n";
    const run = async (file: string) =>
      (await cupel(["run", join(folder.path, file), "--call", "f"])).stdout;
    for (const calls of [opens, looks]) {
      await wasm("opens.wasm", program(calls));
      expect(await run("opens.wasm")).toContain(
        `\nexception: exited with code 1: cannot open words.txt ${hint}`,
      );
    }
    await wasm("opens.wasm", program(opens));
    writeFileSync(
      join(folder.path, "opens.toml"),
      `module = "opens.wasm"\nfiles = { "/a" = "words.txt" }`,
    );
    expect(await run("opens.toml")).not.toContain("manifest");
    for (const [calls, says] of [["", body], [looks, ""]]) {
      await wasm("plain.wasm", program(calls ?? "", says));
      expect(await run("plain.wasm")).not.toContain("manifest");
    }
  });
});

import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readWasmArtifact } from "../../../sandbox/bundle/artifact_file.ts";
import { wat } from "../../wasm/support/wat.ts";
import { type Folder, folderWith } from "./folder.ts";

const COMMAND = new Uint8Array(wat(`(module (func (export "_start")))`));
const COMPONENT = Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0);

/** A folder `guest` with a module and a manifest, beside a file that is none of the guest's business. */
function guest(manifest: string, module = COMMAND): Folder & { manifest: string } {
  const folder = folderWith({
    "secret.txt": "secret",
    "guest/words.txt": "alpha",
    "guest/data/more.txt": "beta",
    "guest/guest.toml": manifest,
  });
  writeFileSync(join(folder.path, "guest", "guest.wasm"), module);
  return { ...folder, manifest: join(folder.path, "guest", "guest.toml") };
}

async function refusal(manifest: string, module = COMMAND): Promise<string> {
  using folder = guest(manifest, module);
  const error = await readWasmArtifact(folder.manifest).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "SandboxError", code: "bad-source" });
  return String(error).replaceAll(`${folder.path}/`, "");
}

describe("a manifest", () => {
  test("names a module, its arguments and the files it may read", async () => {
    using folder = guest(`module = "guest.wasm"
      args = ["--strict"]
      [files]
      "/words.txt" = "words.txt"
      "/deep/er/more.txt" = "./data/../data/more.txt"`);
    const { kind, name, bytes, grants } = await readWasmArtifact(folder.manifest);
    expect({ kind, name, bytes }).toEqual({ kind: "module", name: "guest.toml", bytes: COMMAND });
    expect(grants?.args).toEqual(["--strict"]);
    const files = [...grants?.files ?? []]
      .map(([path, content]) => [path, new TextDecoder().decode(content)]);
    expect(files).toEqual([["/words.txt", "alpha"], ["/deep/er/more.txt", "beta"]]);
  });

  test("may name what symbolic links inside of its folder lead to", async () => {
    using folder = guest(`module = "guest.wasm"\nfiles = { "/w" = "link.txt" }`);
    symlinkSync("data/more.txt", join(folder.path, "guest", "link.txt"));
    const { grants } = await readWasmArtifact(folder.manifest);
    expect(new TextDecoder().decode(grants?.files.get("/w"))).toBe("beta");
  });

  test("may be a link itself, and is known by where it is", async () => {
    using folder = guest(`module = "guest.wasm"`);
    symlinkSync("guest", join(folder.path, "other"));
    const { name } = await readWasmArtifact(join(folder.path, "other", "guest.toml"));
    expect(name).toBe("guest.toml");
  });
});

describe("a manifest cannot hand out files outside of its folder", () => {
  const inside = "must be a path inside of the manifest's folder, and relative to it: ";

  test.each([
    ['files = { "/w" = "/etc/hostname" }', 'files."/w"', 'current value is "/etc/hostname"'],
    ['files = { "/w" = "../secret.txt" }', 'files."/w"', '"../secret.txt" leads out of it'],
    ['files = { "/w" = "data/../../secret.txt" }', 'files."/w"', "leads out of it"],
    ['files = { "/w" = ".." }', 'files."/w"', '".." leads out of it'],
  ])("by %s", async (files, field, why) => {
    const message = await refusal(`module = "guest.wasm"\n${files}`);
    expect(message).toContain(
      `Cannot use guest/guest.toml as a guest's manifest: ${field} ${inside}`,
    );
    expect(message).toContain(why);
  });

  test.each(["/tmp/guest.wasm", "../guest.wasm"])("as its module: %s", async (module) => {
    expect(await refusal(`module = "${module}"`)).toContain(`manifest: module ${inside}`);
  });

  test.each([
    ["../secret.txt", "link.txt", "link.txt"],
    ["..", "up", "up/secret.txt"],
    ["/etc", "etc", "etc/hostname"],
  ])("by a symbolic link to %s", async (target, link, file) => {
    using folder = guest(`module = "guest.wasm"\nfiles = { "/w" = "${file}" }`);
    symlinkSync(target, join(folder.path, "guest", link));
    await expect(readWasmArtifact(folder.manifest)).rejects
      .toThrow(`files."/w" ${inside}a symbolic link leads "${file}" out of it`);
  });
});

describe("a manifest is refused, naming the field,", () => {
  test.each([
    [
      "args = []",
      "manifest: module must be the path of a WebAssembly file, such as words.wasm: it is missing",
    ],
    [
      "module = 3",
      "module must be the path of a WebAssembly file, such as words.wasm: current value is 3",
    ],
    [
      'module = "guest.wasm"\nargs = "a"',
      'args must be an array of at most 100 strings: current value is "a"',
    ],
    [
      'module = "guest.wasm"\nargs = ["a", 1]',
      "args[1] must be a string of at most 10000 characters, none of them null: current value is 1",
    ],
    ['module = "guest.wasm"\nfiles = []', "files must be a table of at most 1000 files, "],
    [
      'module = "guest.wasm"\n[files]\n"data/a" = "words.txt"',
      'files."data/a" must have an absolute path of the guest for its name',
    ],
    [
      'module = "guest.wasm"\n[files]\n"/a/../b" = "words.txt"',
      'files."/a/../b" must have an absolute path of the guest for its name',
    ],
    [
      'module = "guest.wasm"\n[files]\n"__proto__" = "words.txt"',
      'files."__proto__" must have an absolute path of the guest for its name',
    ],
    [
      'module = "guest.wasm"\n[files]\n"/a" = 1',
      'files."/a" must be the path of a file, such as words.txt: current value is 1',
    ],
    [
      'module = "guest.wasm"\n[files]\n"/a" = "words.txt"\n"/a/b" = "words.txt"',
      'files."/a/b" cannot be a file in /a, which is a file itself',
    ],
    [
      'module = "guest.wasm"\n[files]\n"/a" = "no.txt"',
      "Cannot use guest/guest.toml as a guest's manifest: " +
      'files."/a" names what cannot be read: guest/no.txt: there is no such file',
    ],
    [
      'module = "guest.wasm"\n[files]\n"/a" = "data"',
      'files."/a" names what cannot be read: guest/data: it is a directory, not a file; ' +
      "list its files one by one",
    ],
    [
      'module = "no.wasm"',
      "manifest: module names what cannot be read: guest/no.wasm: there is no such file",
    ],
    [
      'module = "words.txt"',
      "module names what cannot be read: guest/words.txt as it must be a WebAssembly component or core module",
    ],
    [
      'module = "guest.wasm"\nfile = 1',
      'it has the unknown field "file": it may have module, args and files',
    ],
    ["module = ", "line 1, column "],
    [
      "args = []\nmodule = guest.wasm",
      "manifest: line 2, column 10: Invalid TOML document: invalid value; a text stands in quotes",
    ],
  ])("%s", async (manifest, message) => {
    expect(await refusal(manifest)).toContain(message);
  });

  test("where it grants to a component, which has neither arguments nor files", async () => {
    const files = 'module = "guest.wasm"\n[files]\n"/a" = "words.txt"';
    expect(await refusal(files, COMPONENT)).toContain(
      "files must be left out as guest/guest.wasm is a component, which has none",
    );
    expect(await refusal('module = "guest.wasm"\nargs = ["a"]', COMPONENT)).toContain(
      "args must be left out as",
    );
  });

  test("with a message that is short, whatever it holds", async () => {
    const long = "x".repeat(5000);
    const message = await refusal(`module = "guest.wasm"\nfiles = { "${long}" = 1 }`);
    expect(message.length).toBeLessThan(400);
  });
});

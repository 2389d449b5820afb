import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bundle, type BundleOptions } from "../../../sandbox/bundle/bundle.ts";
import { SandboxError } from "../../../sandbox/errors.ts";
import { folderWith } from "./folder.ts";

const PROJECT = {
  // The name index makes esbuild name things after the folder.
  "index.ts": `import other from "./lib/index.ts";
import data from "./lib/data.json";
import common from "./lib/common.cjs";
export default function (a: number): number { return other(a) + data.x + common.y; }
export const total = (list: number[]) => list.reduce((a, b) => a + b, 0);`,
  "lib/index.ts": `import back from "../index.ts";
export default function (a: number): number { return a > 9 ? back(a - 1) : a; }`,
  "lib/data.json": `{ "x": 20 }`,
  "lib/common.cjs": `module.exports = { y: 300 };`,
};

const HERE = dirname(fileURLToPath(import.meta.url));

/** Runs an artifact's code, which the tests themselves wrote, in this process. */
function load(code: string): Promise<Record<string, (...args: unknown[]) => unknown>> {
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

function source(code: string, options?: BundleOptions) {
  return bundle({ stdin: code, resolveDir: HERE, name: "solve.ts" }, options);
}

async function refusal(pending: Promise<unknown>): Promise<string> {
  try {
    await pending;
  } catch (error) {
    expect(error).toBeInstanceOf(SandboxError);
    expect(error).toHaveProperty("code", "bad-source");
    return (error as SandboxError).message;
  }
  throw new Error("expected a refusal");
}

describe("bundle", () => {
  test("makes TypeScript with local imports one module without imports that does the same", async () => {
    using folder = folderWith(PROJECT);
    const artifact = await bundle({ entry: join(folder.path, "index.ts") });
    const module = await load(artifact.code);
    expect(module["default"]?.(4)).toBe(324);
    expect(module["total"]?.([1, 2, 3])).toBe(6);
    expect(artifact.code).not.toMatch(/\b(import|require)\s*[("]/);
    expect(artifact.name).toBe("index.ts");
    expect(artifact.kind).toBe("javascript");
    expect(artifact.sha256).toBe(createHash("sha256").update(artifact.code).digest("hex"));
  });

  test("names an artifact by its content, wherever the files lie", async () => {
    using first = folderWith(PROJECT);
    using second = folderWith({ "deeper/down/.keep": "" });
    using copy = folderWith(
      Object.fromEntries(Object.entries(PROJECT).map(([name, text]) => [`a/b c/${name}`, text])),
    );
    symlinkSync(join(copy.path, "a"), join(second.path, "deeper/link"));
    const [one, two, three] = await Promise.all([
      bundle({ entry: join(first.path, "index.ts") }),
      bundle({ entry: join(copy.path, "a/b c/index.ts") }),
      bundle({ entry: join(second.path, "deeper/link/b c/index.ts") }),
    ]);
    expect(two.sha256).toBe(one.sha256);
    expect(three.sha256).toBe(one.sha256);
    expect(two.sourceMap).toBe(one.sourceMap);
  });

  test("gives another name to other content", async () => {
    const one = await source("export const solve = () => 1;");
    const two = await source("export const solve = () => 2;");
    expect(two.sha256).not.toBe(one.sha256);
  });

  test("keeps names, and knows which file each piece came from", async () => {
    using folder = folderWith(PROJECT);
    const artifact = await bundle({ entry: join(folder.path, "index.ts") });
    expect(artifact.code).toContain("total");
    const map: { sources: string[] } = JSON.parse(artifact.sourceMap ?? "");
    expect(map.sources.toSorted()).toEqual([
      "index.ts",
      "lib/common.cjs",
      "lib/data.json",
      "lib/index.ts",
    ]);
  });

  test("takes npm packages from the user's own node_modules", async () => {
    using folder = folderWith({
      "solve.ts": `import { answer } from "deep-thought"; export const solve = () => answer;`,
      "node_modules/deep-thought/package.json":
        `{ "name": "deep-thought", "exports": { "node": "./node.js", "import": "./esm.js" } }`,
      "node_modules/deep-thought/esm.js": "export const answer = 42;",
      "node_modules/deep-thought/node.js": `import fs from "node:fs"; export const answer = fs;`,
    });
    const artifact = await bundle({ entry: join(folder.path, "solve.ts") });
    expect((await load(artifact.code))["solve"]?.()).toBe(42);
  });

  test("gives a file of ours for an alias, and a package of ours where the user has no copy", async () => {
    const program = `import { who } from "helper"; import { name } from "cupel/x";
      export const solve = () => who + name;`;
    const own = { "node_modules/helper/index.js": `export const who = "user's ";` };
    using ours = folderWith({
      "x.ts": `import { who } from "helper"; export const name: string = who + "x";`,
      "node_modules/helper/index.js": `export const who = "our ";`,
    });
    using without = folderWith({ "solve.ts": program });
    using withCopy = folderWith({ "solve.ts": program, ...own });
    const options = {
      aliases: { "cupel/x": join(ours.path, "x.ts") },
      fallbacks: { helper: ours.path },
    };
    const answers = await Promise.all([without, withCopy].map(async ({ path }) => {
      const { code } = await bundle({ entry: join(path, "solve.ts") }, options);
      return (await load(code))["solve"]?.();
    }));
    // Ours imports the user's copy as well: there are never two.
    expect(answers).toEqual(["our our x", "user's user's x"]);
  });

  test("bundles fast-check to the same code in any folder", async () => {
    const files = {
      "task.ts": `import { array, integer } from "fast-check";
        export const inputs = array(integer());`,
    };
    using one = folderWith(files);
    using two = folderWith(Object.fromEntries([["x/task.ts", files["task.ts"]]]));
    const options = { fallbacks: { "fast-check": HERE } };
    const [first, second] = await Promise.all([
      bundle({ entry: join(one.path, "task.ts") }, options),
      bundle({ entry: join(two.path, "x/task.ts") }, options),
    ]);
    expect(second.sha256).toBe(first.sha256);
  });

  test("executes nothing of the user's", async () => {
    using folder = folderWith({
      "solve.ts": `globalThis.cupelWasHere = true; throw new Error("executed");`,
      "tsconfig.json": `{ "compilerOptions": { "plugins": [{ "name": "./plugin.js" }] } }`,
      "plugin.js": `globalThis.cupelWasHere = true;`,
      ".pnp.cjs": `globalThis.cupelWasHere = true; throw new Error("executed");`,
      "esbuild.config.js": `throw new Error("executed");`,
    });
    const artifact = await bundle({ entry: join(folder.path, "solve.ts") });
    expect(artifact.code).toContain("executed");
    expect("cupelWasHere" in globalThis).toBe(false);
  });

  test("works again after a failure, and beside one", async () => {
    const results = await Promise.allSettled([
      source("export const a = 1;"),
      source("export const = 1;"),
      source("export const b = 2;"),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await source("export const a = 1;")).code).toContain("a=1");
  });
});

describe("bundle refuses, with the place and the reason,", () => {
  test.each([
    ["a syntax error", `\nexport const a = ;`, `solve.ts:2:18: Unexpected ";"`],
    ["several errors", `let x = 1;\nlet x = 2;\nlet x = 3;`, "(and "],
    [
      "a Node built-in",
      `import fs from "node:fs"; fs;`,
      `solve.ts:1:16: the built-in module "node:fs"`,
    ],
    ["a bare built-in", `import fs from "fs"; fs;`, `solve.ts:1:16: the built-in module "fs"`],
    ["a required built-in", `require("fs")`, `solve.ts:1:9: the built-in module "fs"`],
    [
      "a missing file",
      `import "./nope.ts";`,
      `solve.ts:1:8: cannot find the imported file "./nope.ts"`,
    ],
    [
      "a missing package",
      `import "no-such-package";`,
      `solve.ts:1:8: cannot find the imported package "no-such-package"`,
    ],
    ["a URL", `import "https://example.com/x.js";`, "https: imports are not supported"],
    ["a registry specifier", `import "npm:fast-check";`, "npm: imports are not supported"],
    ["a data URL", `import "data:text/javascript,1";`, "data: imports are not supported"],
    ["a dynamic import", `/* é */ import("./folder.ts");`, "solve.ts:1:16: a dynamic import()"],
    ["a computed import", `const é = "x"; import(é);`, "solve.ts:1:16: a dynamic import()"],
    ["a computed require", `const é = "x"; require(é);`, "solve.ts:1:16: require() of anything"],
    [
      "a missing export",
      `import { no } from "../../../sandbox/errors.ts"; no;`,
      `No matching export in "../../../sandbox/errors.ts"`,
    ],
  ])("%s", async (_what, code, expected) => {
    const message = await refusal(source(code));
    expect(message.startsWith("Cannot bundle solve.ts: ")).toBe(true);
    expect(message).toContain(expected);
  });

  test("files that are not readable sources", async () => {
    using folder = folderWith({ "data.csv": "1,2", "a.json": "{}", "solve.ts": "export {};" });
    const inFolder = (name: string) => join(folder.path, name);
    symlinkSync(inFolder("circle.ts"), inFolder("circle.ts"));
    const cases: [string, string][] = [
      [inFolder("nope.ts"), "there is no such file"],
      [inFolder("solve.ts/x.ts"), "a part of its path is not a directory"],
      [folder.path, "it is a directory, not a file"],
      [inFolder("circle.ts"), "its symbolic links go round in a circle"],
      [inFolder("a\0b.ts"), "its name holds a null character"],
      [inFolder("data.csv"), "its extension must be one of .ts"],
      [inFolder("a.json"), "its extension must be one of .ts"],
    ];
    for (const [entry, reason] of cases) {
      const message = await refusal(bundle({ entry }));
      expect(message).toContain(`Cannot read ${entry}`);
      expect(message).toContain(reason);
    }
  });

  test("imports of files that are neither source nor JSON, under the name the user gave", async () => {
    using folder = folderWith({ "solve.ts": `import "./lib/a.ts";`, "lib/secret.pem": "x" });
    writeFileSync(join(folder.path, "lib/a.ts"), `import "./secret.pem";`);
    const entry = join(folder.path, "solve.ts");
    const message = await refusal(bundle({ entry }));
    expect(message).toContain(`${join(folder.path, "lib/a.ts")}:1:8: Cannot read `);
    expect(message).toContain("current value is .pem");
  });

  test("files and code that are too large", async () => {
    using folder = folderWith({ "huge.ts": "", "imports.ts": `import "./huge.ts";` });
    truncateSync(join(folder.path, "huge.ts"), 8 * 1024 * 1024 + 1);
    for (const name of ["huge.ts", "imports.ts"]) {
      const message = await refusal(bundle({ entry: join(folder.path, name) }));
      expect(message).toContain("huge.ts as a source file must be at most 8388608 bytes");
    }
    expect(await refusal(source(" ".repeat(8 * 1024 * 1024 + 1)))).toContain("at most 8388608");
  });
});

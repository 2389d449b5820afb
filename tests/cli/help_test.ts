import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../house/sources.ts";
import { COMMANDS } from "../../src/cli/catalogue.ts";
import { VERSION } from "../../src/version.ts";
import { cupel, runtimes } from "./cupel.ts";

describe.each(runtimes)("on $name", ({ command }) => {
  test("--version prints the version of the package", async () => {
    expect(await cupel(["--version"], { command })).toEqual({
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: "",
    });
  });

  test("--help lists every command", async () => {
    const { code, stdout, stderr } = await cupel(["--help"], { command });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // A long summary goes over two lines.
    const text = stdout.replace(/\s+/g, " ");
    for (const { summary } of COMMANDS) expect(text).toContain(summary);
  });
});

test("the version is the same everywhere", () => {
  for (const file of ["package.json", "deno.json"]) {
    expect(JSON.parse(readFileSync(join(ROOT, file), "utf8")).version).toBe(VERSION);
  }
});

test.each(COMMANDS)("help of $name has every option, examples and exit codes", async (entry) => {
  const spec = await entry.load();
  const { stdout } = await cupel([entry.name, "--help"]);
  for (const { flags } of spec.options) expect(stdout).toContain(flags);
  for (const { line } of spec.examples) expect(stdout).toContain(line);
  expect(stdout).toContain("Exit codes: 0 ");
  expect((await cupel(["help", entry.name])).stdout).toBe(stdout);
});

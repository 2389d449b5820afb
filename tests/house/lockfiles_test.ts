import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { describe, expect, test } from "vitest";
import { ROOT } from "./sources.ts";

const dependencies = z.record(z.string(), z.string());
const manifestSchema = z.object({ dependencies, devDependencies: dependencies });
const npmLockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ funding: z.unknown().optional(), integrity: z.string().optional() }).loose(),
  ),
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

const manifest = manifestSchema.parse(JSON.parse(read("package.json")));
const npmLock = npmLockSchema.parse(JSON.parse(read("package-lock.json")));
const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

describe("lockfiles", () => {
  test("name no address to fetch from", () => {
    const ADDRESS = /https?:|registry|"resolved"|"tarball"/i;
    const packages = Object.values(npmLock.packages).map(({ funding: _, ...rest }) => rest);
    expect(packages.filter((entry) => ADDRESS.test(JSON.stringify(entry)))).toEqual([]);
    for (const path of ["deno.lock", "bun.lock"]) expect(read(path)).not.toMatch(ADDRESS);
  });

  test("pin each package by its hash", () => {
    const unpinned = Object.entries(npmLock.packages)
      .filter(([path, { integrity }]) => path !== "" && !integrity);
    expect(unpinned).toEqual([]);
  });

  test("agree with package.json, all three", () => {
    const { "": root } = npmLock.packages;
    expect(manifestSchema.parse(root)).toEqual(manifest);
    for (const [name, range] of wanted) {
      expect(read("bun.lock")).toContain(`"${name}": "${range}"`);
      // Deno writes ranges in its own way: `^24.0.0` as `24`.
      expect(read("deno.lock")).toContain(`"npm:${name}@`);
    }
  });
});

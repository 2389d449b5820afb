import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import ts from "typescript";
import { ROOT } from "../house/sources.ts";

/** Every module that a file loads, those of packages by their name, in the order met. */
function loadedBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!path.startsWith("src/")) return seen;
  const text = readFileSync(join(ROOT, path), "utf8");
  for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
    const isOwn = fileName.startsWith(".");
    loadedBy(isOwn ? posix.join(posix.dirname(path), fileName) : fileName, seen);
  }
  return seen;
}

describe("statistics that every run needs", () => {
  // Loading the distributions takes 30 to 100 ms, more than the work itself.
  test.each([
    "wilson.ts",
    "tango.ts",
    "newcombe.ts",
    "newcombe_independent.ts",
    "paired_difference.ts",
    "clustered_difference.ts",
    "ratio.ts",
    "mean_difference.ts",
    "bootstrap/interval.ts",
    "bootstrap/percentile.ts",
    "bootstrap/basic.ts",
    "multiplicity/holm.ts",
  ])("%s loads no package of special functions", (file) => {
    const loaded = [...loadedBy(`src/stats/${file}`)];
    expect(loaded.filter((path) => path.startsWith("@") || path.includes("special/"))).toEqual([]);
  });

  test("others are seen to load them", () => {
    expect(loadedBy("src/stats/bootstrap/bca.ts")).toContain("@stdlib/stats-base-dists-normal-cdf");
  });
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { describe, expect, test } from "vitest";
import { buildStdlib } from "../../../src/stats/special/build.ts";
import * as stdlib from "../../../src/stats/special/stdlib.generated.js";

const GENERATED = fileURLToPath(
  new URL("../../../src/stats/special/stdlib.generated.js", import.meta.url),
);

describe("the bundle of stdlib", () => {
  test("is what build.ts makes of the installed packages", async () => {
    expect(readFileSync(GENERATED, "utf8")).toBe(await buildStdlib());
  });

  test("asks nothing of the world around it", () => {
    const code = readFileSync(GENERATED, "utf8").replace(/^\/\/.*$/gm, "");
    expect(code).not.toMatch(/\b(process|document|window|localStorage|Deno|require)\b\s*[.(]/);
  });

  test("gives the packages' numbers, to the last bit", () => {
    for (let step = 1; step < 500; step++) {
      const p = step / 500;
      expect(stdlib.normalCdf(6 * p - 3, 0, 1)).toBe(normalCdf(6 * p - 3, 0, 1));
      expect(stdlib.betaQuantile(p, step / 9, 3.5)).toBe(betaQuantile(p, step / 9, 3.5));
      expect(stdlib.tQuantile(p, step / 3)).toBe(tQuantile(p, step / 3));
    }
  });
});

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JavaScriptArtifact } from "../../../sandbox/artifact.ts";
import { bundle } from "../../../sandbox/bundle/bundle.ts";
import { mapStackTrace } from "../../../sandbox/bundle/stack_trace.ts";
import { folderWith } from "./folder.ts";

const LIB = `// a comment
export function check(value: number): number {
  if (value > 3) throw new RangeError("too large");
  return value;
}
`;
const SOLVE = `import { check } from "./lib/check.ts";
interface Input { a: number }

export const solve = (input: Input) => {
  return check(input.a);
};
`;

async function project(): Promise<JavaScriptArtifact> {
  using folder = folderWith({ "solve.ts": SOLVE, "lib/check.ts": LIB });
  return await bundle({ entry: join(folder.path, "solve.ts") });
}

/** Where QuickJS would say that `text` is in the artifact's code. */
function placeOf(artifact: JavaScriptArtifact, text: string): string {
  const offset = artifact.code.indexOf(text);
  expect(offset).toBeGreaterThan(-1);
  const before = artifact.code.slice(0, offset).split("\n");
  return `${artifact.name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

const PLAIN: JavaScriptArtifact = { kind: "javascript", code: "", sha256: "", name: "solve.ts" };

describe("mapStackTrace", () => {
  test("points at the user's files, lines and columns, and leaves our own frames out", async () => {
    const artifact = await project();
    const stack = [
      `    at check (${placeOf(artifact, "new RangeError")})`,
      `    at solve (${placeOf(artifact, "check(input.a)")})`,
      `    at map (native)`,
      `    at invoke (cupel:prelude:1:99)`,
      `    at <anonymous> (cupel:prelude:1:5)`,
      `    at ${placeOf(artifact, "check(input.a)")}`,
      `    at apply (native)`,
      "",
    ].join("\n");
    expect(mapStackTrace(stack, artifact).split("\n")).toEqual([
      "    at check (lib/check.ts:3:24)",
      "    at solve (solve.ts:5:10)",
      "    at map (native)",
      "    at <anonymous> (solve.ts:5:10)",
    ]);
  });

  test("leaves positions alone where there is no source map or nothing at the place", async () => {
    const frame = "    at solve (solve.ts:1:7)";
    expect(mapStackTrace(frame, PLAIN)).toBe(frame);
    const artifact = await project();
    const beyond = "    at solve (solve.ts:4000:1)";
    expect(mapStackTrace(beyond, artifact)).toBe(beyond);
  });

  test.each([
    ["no frames", "", ""],
    ["text that is no frame", "RangeError: x\nat\nfoo (solve.ts:1:1)", ""],
    ["absurd numbers", `    at f (solve.ts:0:0)`, "    at f (solve.ts:0:0)"],
    ["huge numbers", `    at f (solve.ts:9999999999:1)`, "    at f (solve.ts:9999999999:1)"],
    ["negative numbers", `    at f (solve.ts:-1:-1)`, "    at f (solve.ts:-1:-1)"],
    ["a name with brackets", `    at f (x) (a) (b.js)`, "    at f (x) (a) (b.js)"],
    ["terminal escapes", "    at \u001b[31mf\u202e (\u001b]0;x)", "    at ?[31mf? (?]0;x)"],
  ])("stands %s", async (_what, stack, expected) => {
    expect(mapStackTrace(stack, await project())).toBe(expected);
  });

  test("is bounded whatever the guest wrote", async () => {
    const artifact = await project();
    const frames = mapStackTrace("    at f (solve.ts:1:1)\n".repeat(100_000), artifact);
    expect(frames.split("\n")).toHaveLength(50);
    const long = mapStackTrace(`    at ${"(".repeat(1e6)} (${")".repeat(1e6)}`, artifact);
    expect(long.length).toBeLessThan(1000);
    expect(mapStackTrace(`at ${" (".repeat(1e6)})`, artifact).length).toBeLessThan(1000);
    expect(mapStackTrace("\n".repeat(1e6), artifact)).toBe("");
  });
});

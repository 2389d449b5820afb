import { join } from "node:path";
import { parse } from "acorn";
import { describe, expect, test } from "vitest";
import { bundle } from "../../sandbox/bundle/bundle.ts";
import { type Mutant, mutants, mutate, sample } from "../../src/mutate/mutants.ts";
import { ROOT } from "../house/sources.ts";
import { folderWith } from "../sandbox/bundle/folder.ts";
import { program } from "./programs.ts";

/** Code of many kinds. */
const FILES = [
  "examples/top-k/baseline.ts",
  "examples/top-k/heap.ts",
  "src/report/format_value.ts",
  "src/mutate/operators/regular_expression.ts",
  "sandbox/values/revive.ts",
  "sandbox/values/encode.ts",
];

const show = ({ place: { file, line, column }, original, replacement }: Mutant) =>
  `${file}:${line}:${column} ${original} → ${replacement}`;

describe.each(FILES)("the mutants of %s", (path) => {
  test("can be parsed, each is another text, and names its place", async () => {
    const artifact = await bundle({ entry: join(ROOT, path) });
    const all = mutants(artifact);
    expect(all.length).toBeGreaterThan(10);
    const texts = new Set([artifact.code]);
    for (const mutant of all) {
      const { code, sha256 } = mutate(artifact, mutant);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      texts.add(code);
      const options = { ecmaVersion: "latest", sourceType: "module" } as const;
      expect(() => parse(code, options), show(mutant)).not.toThrow();
      expect(mutant.place.line).toBeGreaterThan(0);
    }
    expect(texts.size).toBe(all.length + 1);
  });

  test("are the same every time, in the order of the code", async () => {
    const artifact = await bundle({ entry: join(ROOT, path) });
    const all = mutants(artifact);
    expect(mutants(artifact)).toEqual(all);
    const again = mutants(await bundle({ entry: join(ROOT, path) }), undefined);
    expect(again).toEqual(all);
  });
});

test("literals of more than 1,000 characters are left as they are", async () => {
  const source = (quantifiers: number) =>
    `export const f = (x: string) => /${"a+".repeat(quantifiers)}/.test(x);`;
  expect(mutants(await program(source(3)), ["regular-expression"])).toHaveLength(6);
  expect(mutants(await program(source(60_000)), ["regular-expression"])).toEqual([]);
});

describe("a mutant's place", () => {
  test("is that of the fault in the TypeScript that the user wrote", async () => {
    const artifact = await program(
      [
        "interface Point { x: number; y: number }",
        "",
        "/** A comment. */",
        "export function distance(a: Point, b: Point): number {",
        "  const dx: number = a.x - b.x;",
        "  if (dx < 0) {",
        "    return -dx;",
        "  }",
        "  return dx + Math.max(1, a.y as number);",
        "}",
      ].join("\n"),
    );
    expect(mutants(artifact).map(show)).toEqual([
      "program.ts:4:54 {const dx=a.x-b.x;if(dx<0){ret…-dx}return dx+Math.max(1,a.y)} → {}",
      "program.ts:5:22 a.x-b.x → a.x+b.x",
      "program.ts:5:22 a.x-b.x → a.x*b.x",
      "program.ts:6:7 dx<0 → dx<=0",
      "program.ts:6:7 dx<0 → dx>=0",
      "program.ts:6:7 dx<0 → true",
      "program.ts:6:7 dx<0 → false",
      "program.ts:6:12 0 → 1",
      "program.ts:6:12 0 → -1",
      "program.ts:6:15 {return-dx} → {}",
      "program.ts:7:5 return-dx → return",
      "program.ts:7:12 -dx → dx",
      "program.ts:9:3 return dx+Math.max(1,a.y) → return",
      "program.ts:9:10 dx+Math.max(1,a.y) → dx-Math.max(1,a.y)",
      "program.ts:9:10 dx+Math.max(1,a.y) → dx*Math.max(1,a.y)",
      "program.ts:9:20 Math.max → Math.min",
      "program.ts:9:24 1 → 2",
      "program.ts:9:24 1 → 0",
    ]);
  });

  test("is in the file that it was written in, and only the user's own code has mutants", async () => {
    using folder = folderWith({
      "main.ts": `import { half } from "./lib/half.ts";
        import { twice } from "twice";
        import { table } from "./table.json";
        import old from "./old.cjs";
        export const solve = (n: number) => half(n) + twice(n) + table[0] + old(n);`,
      "lib/half.ts": "export function half(n: number) { return n / 2; }",
      "table.json": '{ "table": [12345, 67890] }',
      "old.cjs": "module.exports = function (n) { return n % 7 };",
      "node_modules/twice/package.json": '{ "name": "twice", "main": "index.js" }',
      "node_modules/twice/index.js": "exports.twice = function (n) { return n * 54321 - 9 };",
    });
    const artifact = await bundle({ entry: join(folder.path, "main.ts") });
    expect(artifact.code).toMatch(/54321.*12345|12345.*54321/s);
    const all = mutants(artifact);
    expect(new Set(all.map(({ place }) => place.file))).toEqual(
      new Set(["main.ts", "lib/half.ts", "old.cjs"]),
    );
    expect(all.map(show).filter((text) => /54321|12345|67890|__/.test(text))).toEqual([]);
    expect(all.map(show)).toContain("old.cjs:1:40 n%7 → n*7");
  });

  test("needs a source map, and code that can be parsed", async () => {
    const { sourceMap: _, ...artifact } = await program("export const f = () => 1;");
    expect(() => mutants(artifact)).toThrow(/program.ts.*source map/);
    const broken = { ...await program("export const f = () => 1;"), code: "export const" };
    expect(() => mutants(broken)).toThrow(/program.ts .* must be JavaScript/);
  });
});

describe("an excerpt", () => {
  test("is cut around what is changed", async () => {
    const long = Array.from({ length: 30 }, (_, at) => `x${at}`).join(" + ");
    const [first] = mutants(
      await program(`export const f = (xs) => ${long.replace("x15", "xs.some(x15)")}`),
      ["method-swap"],
    );
    expect(first).toMatchObject({ original: "xs.some", replacement: "xs.every" });
    const [loop] = mutants(await program(`export function f() { g(${long}) }`), ["block-removal"]);
    expect(loop?.original).toMatch(/^\{g\(x0\+.{20,25}…/);
    expect(loop?.original.length).toBeLessThan(70);
  });
});

describe("operators", () => {
  test("can be chosen", async () => {
    const artifact = await program("export const f = (a) => a > 0 ? a + 1 : 2;");
    const all = mutants(artifact);
    const some = mutants(artifact, ["number-literal", "arithmetic-operator"]);
    expect(some).toEqual(
      all.filter(({ operator }) => ["number-literal", "arithmetic-operator"].includes(operator)),
    );
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
  });
});

describe("a sample", () => {
  test("is all there is, or as many as are asked for, spread over operators and code", async () => {
    const all = mutants(await bundle({ entry: join(ROOT, "examples/top-k/heap.ts") }));
    expect(sample(all, all.length)).toEqual(all);
    for (const most of [1, 20, 50, 100]) {
      const some = sample(all, most);
      expect(some).toHaveLength(most);
      expect(some).toEqual(all.filter((mutant) => some.includes(mutant)));
    }
    const half = sample(all, Math.floor(all.length / 2));
    for (const operator of new Set(all.map((mutant) => mutant.operator))) {
      const of = (list: Mutant[]) => list.filter((mutant) => mutant.operator === operator).length;
      expect(Math.abs(of(half) - of(all) / 2), operator).toBeLessThanOrEqual(1);
    }
    const last = all.at(-1)?.place.line ?? 0;
    expect(half.some(({ place }) => place.line > 0.8 * last)).toBe(true);
    expect(half.some(({ place }) => place.line < 0.2 * last)).toBe(true);
  });
});

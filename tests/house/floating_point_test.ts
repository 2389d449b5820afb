import ts from "typescript";
import { describe, expect, test } from "vitest";
import { place, productSources, type Source, walk } from "./sources.ts";

/** Rooms whose numbers end up in a report. */
const ROOMS = ["src/stats/", "src/gate/", "src/report/"];

/** What IEEE 754 or ECMAScript defines to the last bit. The rest of Math differs by engine. */
const EXACT = new Set([
  ...["sqrt", "abs", "sign", "min", "max", "floor", "ceil", "round", "trunc"],
  ...["imul", "clz32", "fround"],
  // Constants.
  ...["E", "PI", "LN2", "LN10", "LOG2E", "LOG10E", "SQRT2", "SQRT1_2"],
]);

/** Places where a file uses what engines may round differently. */
function inexactPlaces(source: Source): string[] {
  const found: string[] = [];
  walk(source.tree, (node) => {
    if (isInexactMath(node) || isPower(node)) found.push(place(source, node));
  });
  return found;
}

/** `Math` other than as `Math.sqrt` and its like: taken apart, handed on or indexed it escapes us. */
function isInexactMath(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== "Math") return false;
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) && parent.expression === node &&
    EXACT.has(parent.name.text));
}

function isPower(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && [
    ts.SyntaxKind.AsteriskAsteriskToken,
    ts.SyntaxKind.AsteriskAsteriskEqualsToken,
  ].includes(node.operatorToken.kind);
}

function parsed(text: string): Source {
  const tree = ts.createSourceFile("example.ts", text, ts.ScriptTarget.Latest, true);
  return { path: "example.ts", text, tree, imports: [], generated: false };
}

describe("statistics, gate and report", () => {
  const sources = productSources().filter(({ path }) =>
    ROOMS.some((room) => path.startsWith(room))
  );

  test("use no floating-point operation whose last digit differs by engine", () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.flatMap(inexactPlaces)).toEqual([]);
  });

  test("would be caught using one, in any form", () => {
    const forms = [
      "Math.exp(1)",
      "2 ** 0.5",
      "let x = 2; x **= 0.5",
      "const { log } = Math",
      "Math['log'](2)",
      "globalThis.Math.pow(2, 3)",
      "const f = [2].map(Math.log)",
    ];
    for (const form of forms) expect(inexactPlaces(parsed(form))).toHaveLength(1);
    expect(inexactPlaces(parsed("Math.sqrt(Math.max(1, 2)) * 2"))).toEqual([]);
  });
});

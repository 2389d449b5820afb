import ts from "typescript";
import { describe, expect, test } from "vitest";
import { GROUND, roomOf } from "./rooms.ts";
import { parse, place, productSources, type Source, typescriptFiles, walk } from "./sources.ts";

const product = productSources();
const handWritten = product.filter(({ generated }) => !generated);
const everything = [
  ...product,
  ...["tests", "bench", "examples"].flatMap(typescriptFiles).map(parse),
];

/** Places of the nodes that a test picks out. */
function places(sources: Source[], wanted: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  for (const source of sources) {
    walk(source.tree, (node) => {
      if (wanted(node)) found.push(place(source, node));
    });
  }
  return found;
}

/** Names by which a program finds out what it runs on. */
const RUNTIME_NAMES = ["Deno", "Bun", "navigator", "WebSocketPair", "EdgeRuntime"];

function asksForTheRuntime(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
    return ts.isStringLiteral(node.left) && RUNTIME_NAMES.includes(node.left.text);
  }
  if (ts.isPropertyAccessExpression(node)) {
    return node.getText() === "process.versions" ||
      (node.expression.getText() === "globalThis" && RUNTIME_NAMES.includes(node.name.text));
  }
  return ts.isIdentifier(node) && RUNTIME_NAMES.includes(node.text) && isFreeName(node);
}

/** Whether a name stands by itself: no property, key, declaration or type of that name. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.expression === node) ||
    ts.isTypeOfExpression(parent) || ts.isCallExpression(parent) ||
    ts.isElementAccessExpression(parent);
}

describe("the code", () => {
  test("asks what it runs on in src/runtime only", () => {
    const others = product.filter(({ path }) => roomOf(path) !== GROUND);
    expect(places(others, asksForTheRuntime)).toEqual([]);
  });

  test("is checked by the compiler throughout: no any, no double assertion, no ignored line", () => {
    const isDouble = (node: ts.Node) =>
      ts.isAsExpression(node) && ts.isAsExpression(node.expression) &&
      node.expression.type.kind === ts.SyntaxKind.UnknownKeyword;
    expect(places(everything, (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
    expect(places(product, isDouble)).toEqual([]);

    const ignores = /@ts-(ignore|nocheck|expect-error)|deno-(lint|fmt)-ignore|deno-coverage-ignore/;
    const lines = product.filter(({ text }) => ignores.test(text)).map(({ path }) => path);
    expect(lines).toEqual([]);
  });

  test("leaves nothing for later and skips no test", () => {
    const later = new RegExp(`\\b(${["TO", "FIX"].join("DO|")}ME|X{3})\\b`);
    const skips = /\b(test|it|describe)\.(skip|only|todo|skipIf|runIf|fails)\b/;
    const found = everything
      .filter(({ path }) => path !== "tests/house/code_test.ts")
      .filter(({ text }) => later.test(text) || skips.test(text))
      .map(({ path }) => path);
    expect(found).toEqual([]);
  });

  test("that reaches a report uses only arithmetic that every engine does alike", () => {
    const inexact =
      /^Math\.(pow|exp|expm1|log|log1p|log2|log10|a?(sin|cos|tan)h?|atan2|cbrt|hypot)$/;
    const host = handWritten.filter(({ path }) => !path.startsWith("sandbox/quickjs/guest/"));
    const uses = (node: ts.Node) =>
      ts.isPropertyAccessExpression(node) && inexact.test(node.getText());
    expect(places(host, uses)).toEqual([]);
    const isPower = (node: ts.Node) =>
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken &&
      !["2", "2n"].includes(node.left.getText()); // powers of two are exact
    expect(places(host, isPower)).toEqual([]);
  });
});

describe("the size of things", () => {
  const lengths = handWritten.map(({ path, text }) => ({ path, lines: text.split("\n").length }));

  test("no file is longer than 400 lines, and nine of ten are under 250", () => {
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    expect(lengths.filter(({ lines }) => lines > 250).length).toBeLessThan(lengths.length / 10);
  });

  test("no function is longer than 80 lines, and nine of ten are under 40", () => {
    const functions = handWritten.flatMap((source) => functionLengths(source));
    expect(functions.filter(({ lines }) => lines > 80)).toEqual([]);
    const long = functions.filter(({ lines }) => lines > 40);
    expect(long.length).toBeLessThan(functions.length / 10);
  });
});

function functionLengths(source: Source): { at: string; lines: number }[] {
  const found: { at: string; lines: number }[] = [];
  walk(source.tree, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return;
    found.push({ at: place(source, node), lines: node.getText().split("\n").length });
  });
  return found;
}

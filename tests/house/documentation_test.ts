import ts from "typescript";
import { describe, expect, test } from "vitest";
import { place, productSources, type Source, walk } from "./sources.ts";

/** Exported declarations without a doc comment. The first of several overloads speaks for all. */
function undocumented(source: Source): string[] {
  return source.tree.statements
    .filter((statement) => isExported(statement) && !hasDocComment(statement))
    .filter((statement) => !isLaterOverload(source, statement))
    .filter((statement) => !isInGroup(source, statement))
    .map((statement) => place(source, statement));
}

/** Constants line by line without a gap are one group: the comment on the first is for all. */
function isInGroup(source: Source, node: ts.Statement): boolean {
  const before = source.tree.statements[source.tree.statements.indexOf(node) - 1];
  if (!before || !ts.isVariableStatement(before) || !ts.isVariableStatement(node)) return false;
  const gap = source.text.slice(before.end, node.getStart(source.tree));
  return gap === "\n" && isExported(before) && (hasDocComment(before) || isInGroup(source, before));
}

function isExported(node: ts.Statement): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  const modifiers = ts.getModifiers(node) ?? [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function hasDocComment(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

function isLaterOverload(source: Source, node: ts.Statement): boolean {
  const name = ts.isFunctionDeclaration(node) ? node.name?.text : undefined;
  if (name === undefined) return false;
  const first = source.tree.statements.find((other) =>
    ts.isFunctionDeclaration(other) && other.name?.text === name
  );
  return first !== node;
}

/** Methods that others can call, without a doc comment. */
function undocumentedMethods(source: Source): string[] {
  const found: string[] = [];
  walk(source.tree, (node) => {
    if (!ts.isClassDeclaration(node) || !isExported(node)) return;
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member)) continue;
      if (isPrivate(member) || inherits(member) || hasDocComment(member)) continue;
      if (node.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)) {
        continue; // the interface's comment is the contract
      }
      found.push(place(source, member));
    }
  });
  return found;
}

function isPrivate(member: ts.MethodDeclaration): boolean {
  return ts.isPrivateIdentifier(member.name) || hasModifier(member, ts.SyntaxKind.PrivateKeyword);
}

function inherits(member: ts.MethodDeclaration): boolean {
  return hasModifier(member, ts.SyntaxKind.OverrideKeyword);
}

function hasModifier(member: ts.MethodDeclaration, kind: ts.SyntaxKind): boolean {
  return member.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

describe("what a file exports", () => {
  const sources = productSources().filter(({ generated }) => !generated);

  test("has a doc comment", () => {
    expect(sources.flatMap(undocumented)).toEqual([]);
  });

  test("if it is a class, has one on each method that implements no interface", () => {
    expect(sources.flatMap(undocumentedMethods)).toEqual([]);
  });
});

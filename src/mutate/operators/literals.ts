import { type Site, textOf } from "../syntax.ts";
import { type Change, type Operator, replace } from "./operator.ts";

/** What stands for any text that is not empty. */
const SOME_TEXT = '"cupel"';

/** Off by one in either direction, and nothing. */
export const numberLiteral: Operator = {
  name: "number-literal",
  does: "a number one more, one less, or 0",
  changes(site) {
    const { node, parent } = site;
    if (node.type !== "Literal" || isName(site)) return [];
    // `void 0` is how `undefined` is written.
    if (parent?.type === "UnaryExpression" && parent.operator === "void") return [];
    return neighbours(node.value).map((text) => replace(node, asPart(text, site)));
  },
};

function neighbours(value: unknown): string[] {
  if (typeof value === "bigint") {
    const texts = [value + 1n, value - 1n, 0n].map((near) => `${near}n`);
    return [...new Set(texts)].filter((text) => text !== `${value}n`);
  }
  if (typeof value !== "number") return [];
  return [...new Set([value + 1, value - 1, 0])].filter((near) => near !== value).map(String);
}

/** A negative number binds less tightly than what it takes the place of. */
function asPart(text: string, { node, parent }: Site): string {
  const binds = (parent?.type === "MemberExpression" && parent.object === node) ||
    (parent?.type === "BinaryExpression" && parent.operator === "**");
  return text.startsWith("-") && binds ? `(${text})` : text;
}

/** Stryker's "string literals". */
export const stringLiteral: Operator = {
  name: "string-literal",
  does: "a text empty, or not empty where it was",
  changes(site) {
    const { node, parent } = site;
    if (node.type === "TemplateLiteral") {
      if (parent?.type === "TaggedTemplateExpression") return [];
      return [replace(node, textOf(site, node) === "``" ? SOME_TEXT : '""')];
    }
    if (node.type !== "Literal" || typeof node.value !== "string" || isName(site)) return [];
    if (parent?.type === "ExpressionStatement" && parent.directive !== undefined) return [];
    return [replace(node, node.value === "" ? SOME_TEXT : '""')];
  },
};

/** Stryker's "boolean literals". */
export const booleanLiteral: Operator = {
  name: "boolean-literal",
  does: "true for false, false for true",
  changes({ node }) {
    if (node.type !== "Literal" || typeof node.value !== "boolean") return [];
    return [replace(node, String(!node.value))];
  },
};

/** Stryker's "array declaration" and "object literals", emptied. */
export const collectionLiteral: Operator = {
  name: "collection-literal",
  does: "an array or object literal emptied",
  changes({ node }): Change[] {
    if (node.type === "ArrayExpression" && node.elements.length > 0) return [replace(node, "[]")];
    if (node.type === "ObjectExpression" && node.properties.length > 0) {
      return [replace(node, "{}")];
    }
    return [];
  },
};

/** Whether a literal only names something: a property, an export. */
function isName({ node, parent }: Site): boolean {
  if (parent === undefined) return false;
  if (parent.type.startsWith("Export") || parent.type.startsWith("Import")) return true;
  return "key" in parent && parent.key === node && !("computed" in parent && parent.computed);
}

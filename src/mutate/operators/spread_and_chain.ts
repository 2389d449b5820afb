import type { AnyNode } from "acorn";
import { type Site, textOf } from "../syntax.ts";
import { type Change, type Operator, replace } from "./operator.ts";
import { asOperand } from "./precedence.ts";

/** A copy that is none, or one part less of what is put together. */
export const spreadRemoval: Operator = {
  name: "spread-removal",
  does: "xs for [...xs], f(xs) for f(...xs), one spread part less",
  changes(site) {
    const { node, parent } = site;
    if (node.type === "SpreadElement") {
      const isArgument = parent?.type === "CallExpression" || parent?.type === "NewExpression";
      return isArgument ? [replace(node, textOf(site, node.argument), parent)] : [];
    }
    if (node.type === "ArrayExpression") {
      const [first] = node.elements;
      if (node.elements.length === 1 && first?.type === "SpreadElement") {
        return [replace(node, asOperand(site, first.argument))];
      }
      return withoutEach(site, node.elements, (texts) => `[${texts.join(",")}]`);
    }
    if (node.type !== "ObjectExpression") return [];
    return withoutEach(site, node.properties, (texts) => `{${texts.join(",")}}`);
  },
};

/** The literal without one of its spread parts, for each of them. */
function withoutEach(
  site: Site,
  parts: readonly (AnyNode | null)[],
  join: (texts: string[]) => string,
): Change[] {
  // A hole in an array is no element, and only its place tells of it.
  if (parts.includes(null)) return [];
  const elements = parts.filter((part) => part !== null);
  return elements.filter(({ type }) => type === "SpreadElement").map((dropped) => {
    const others = elements.filter((part) => part !== dropped);
    return replace(site.node, join(others.map((part) => textOf(site, part))));
  });
}

/** Stryker's "optional chaining". */
export const optionalChaining: Operator = {
  name: "optional-chaining",
  does: "?. without its question",
  changes({ node, code }) {
    if (node.type !== "MemberExpression" && node.type !== "CallExpression") return [];
    if (!node.optional) return [];
    const { end } = node.type === "MemberExpression" ? node.object : node.callee;
    const start = code.indexOf("?.", end);
    const plain = node.type === "MemberExpression" && !node.computed ? "." : "";
    return [replace({ start, end: start + 2 }, plain, node)];
  },
};

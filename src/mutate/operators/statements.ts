import type { AnyNode } from "acorn";
import { type Operator, replace } from "./operator.ts";
import { type Site, textOf } from "../syntax.ts";

/** Statements that can go without taking a name with them. */
const DELETED: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "BreakStatement",
  "ContinueStatement",
  "ThrowStatement",
]);

const LISTS: ReadonlySet<string> = new Set([
  "BlockStatement",
  "Program",
  "SwitchCase",
  "StaticBlock",
]);

/** SDL of Deng, Offutt and Li (2013), "Empirical evaluation of the statement deletion mutation operator". */
export const statementDeletion: Operator = {
  name: "statement-deletion",
  does: "a statement deleted",
  changes({ node, parent }) {
    const isBareReturn = node.type === "ReturnStatement" && !node.argument;
    if (!DELETED.has(node.type) && !isBareReturn) return [];
    if (node.type === "ExpressionStatement") {
      const isSuper = node.expression.type === "CallExpression" &&
        node.expression.callee.type === "Super";
      if (node.directive !== undefined || isSuper) return [];
    }
    return [replace(node, LISTS.has(parent?.type ?? "") ? "" : ";")];
  },
};

/** Nothing is returned; in an arrow function without a block, `undefined`. */
export const returnValue: Operator = {
  name: "return-value",
  does: "nothing returned",
  changes(site) {
    const { node } = site;
    if (node.type === "ReturnStatement" && node.argument) {
      return [replace(node, textOf(site, node).endsWith(";") ? "return;" : "return")];
    }
    if (node.type !== "ArrowFunctionExpression" || node.body.type === "BlockStatement") return [];
    return [replace(node.body, "undefined", node)];
  },
};

/** Stryker's "block statements": bodies of functions, loops and branches. */
export const blockRemoval: Operator = {
  name: "block-removal",
  does: "the body of a function, a loop or a branch emptied",
  changes(site: Site) {
    const { node, parent } = site;
    if (node.type !== "BlockStatement" || node.body.length === 0) return [];
    return isConstructor(parent, site.grandparent) ? [] : [replace(node, "{}")];
  },
};

/** A constructor without its `super()` can only throw. */
function isConstructor(parent: AnyNode | undefined, grandparent: AnyNode | undefined): boolean {
  return parent?.type === "FunctionExpression" && grandparent?.type === "MethodDefinition" &&
    grandparent.kind === "constructor";
}

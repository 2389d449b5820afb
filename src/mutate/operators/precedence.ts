import type { AnyNode } from "acorn";
import { type Site, textOf } from "../syntax.ts";

/** How tightly binary and logical operators bind, by ECMA-262, 13; more is tighter. */
const BINDING: Readonly<Record<string, number>> = {
  "??": 1,
  "||": 2,
  "&&": 3,
  "|": 4,
  "^": 5,
  "&": 6,
  "==": 7,
  "!=": 7,
  "===": 7,
  "!==": 7,
  "<": 8,
  "<=": 8,
  ">": 8,
  ">=": 8,
  "in": 8,
  "instanceof": 8,
  "<<": 9,
  ">>": 9,
  ">>>": 9,
  "+": 10,
  "-": 10,
  "*": 11,
  "/": 11,
  "%": 11,
  "**": 12,
};

/** Nodes that stay what they are next to any operator. */
const TIGHT: ReadonlySet<string> = new Set([
  "Identifier",
  "Literal",
  "MemberExpression",
  "CallExpression",
  "ThisExpression",
  "ArrayExpression",
  "TemplateLiteral",
  "ParenthesizedExpression",
  "ChainExpression",
  "Super",
]);

/** Nodes in which an expression stands next to an operator, a dot or a bracket. */
const BINDS: ReadonlySet<string> = new Set([
  "BinaryExpression",
  "LogicalExpression",
  "UnaryExpression",
  "AwaitExpression",
  "MemberExpression",
  "ConditionalExpression",
]);

/** A node's code as it may stand next to any operator: in parentheses where it needs them. */
export function asOperand(site: Site, node: AnyNode): string {
  const text = textOf(site, node);
  return TIGHT.has(node.type) ? text : `(${text})`;
}

type Infix = AnyNode & { type: "BinaryExpression" | "LogicalExpression" };

/**
 * The code of a binary or logical expression with another operator, of which the operands stay what they
 * are and which stays one operand of what it is in.
 */
export function withOperator(site: Site, node: Infix, operator: string): string {
  const left = operandBeside(site, node.left, operator, 0);
  const right = operandBeside(site, node.right, operator, 1);
  const text = `${left}${operator}${right}`;
  const isLooser = binding(operator) < binding(node.operator) || mixes(operator, node.operator);
  return isLooser && BINDS.has(site.parent?.type ?? "") ? `(${text})` : text;
}

function operandBeside(site: Site, node: AnyNode, operator: string, side: 0 | 1): string {
  if (node.type !== "BinaryExpression" && node.type !== "LogicalExpression") {
    const isUnary = node.type === "UnaryExpression" && operator !== "**";
    return isUnary ? textOf(site, node) : asOperand(site, node);
  }
  const fits = binding(node.operator) >= binding(operator) + side && operator !== "**";
  const text = textOf(site, node);
  return fits && !mixes(operator, node.operator) ? text : `(${text})`;
}

/** `??` may not stand beside `||` and `&&` without parentheses. */
function mixes(one: string, other: string): boolean {
  return (one === "??") !== (other === "??") && [one, other].every((name) => binding(name) <= 3);
}

function binding(operator: string): number {
  return BINDING[operator] ?? 0;
}

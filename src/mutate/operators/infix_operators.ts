import type { AnyNode } from "acorn";
import { bare, textOf } from "../syntax.ts";
import { type Change, type Operator, replace } from "./operator.ts";
import { withOperator } from "./precedence.ts";

type Swaps = Readonly<Record<string, readonly string[]>>;

const ARITHMETIC: Swaps = {
  "+": ["-", "*"],
  "-": ["+", "*"],
  "*": ["/", "+"],
  "/": ["*", "-"],
  "%": ["*", "/"],
  "**": ["*"],
  "<<": [">>"],
  ">>": ["<<", ">>>"],
  ">>>": ["<<", ">>"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
};

/** AOR of Offutt et al.; not where a text is put together, which any other operator would make NaN. */
export const arithmeticOperator: Operator = {
  name: "arithmetic-operator",
  does: "another arithmetic, shift or bitwise operator",
  changes(site) {
    const { node } = site;
    if (node.type !== "BinaryExpression") return [];
    if (node.operator === "+" && (isText(node.left) || isText(node.right))) return [];
    return (ARITHMETIC[node.operator] ?? [])
      .map((operator) => replace(node, withOperator(site, node, operator)));
  },
};

const RELATIONAL: Swaps = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "===": ["!=="],
  "!==": ["==="],
};

/** ROR of Offutt et al., kept to the boundary and the negation; the rest of it is `condition`'s. */
export const relationalOperator: Operator = {
  name: "relational-operator",
  does: "a comparison's boundary moved, or the comparison negated",
  changes(site) {
    const { node } = site;
    if (node.type !== "BinaryExpression") return [];
    return (RELATIONAL[node.operator] ?? [])
      .map((operator) => replace(node, withOperator(site, node, operator)));
  },
};

const LOGICAL: Swaps = { "&&": ["||"], "||": ["&&"], "??": ["||", "&&"] };

/** LCR of Offutt et al. */
export const logicalConnector: Operator = {
  name: "logical-connector",
  does: "&& for ||, || for &&, either for ??",
  changes(site) {
    const { node } = site;
    if (node.type !== "LogicalExpression") return [];
    return (LOGICAL[node.operator] ?? [])
      .map((operator) => replace(node, withOperator(site, node, operator)));
  },
};

const ASSIGNMENT: Swaps = {
  "+=": ["-=", "="],
  "-=": ["+=", "="],
  "*=": ["/=", "="],
  "/=": ["*=", "="],
  "%=": ["*=", "="],
  "**=": ["*=", "="],
  "<<=": [">>=", "="],
  ">>=": ["<<=", "="],
  ">>>=": ["<<=", "="],
  "&=": ["|=", "="],
  "|=": ["&=", "="],
  "^=": ["&=", "="],
  "&&=": ["||=", "="],
  "||=": ["&&=", "="],
  "??=": ["&&=", "="],
};

/** Stryker's "assignment operators", and the plain assignment in place of any. */
export const assignmentOperator: Operator = {
  name: "assignment-operator",
  does: "another compound assignment, or a plain one",
  changes(site) {
    const { node } = site;
    if (node.type !== "AssignmentExpression") return [];
    const [left, right] = [textOf(site, node.left), textOf(site, node.right)];
    return (ASSIGNMENT[node.operator] ?? [])
      .filter((operator) => operator === "=" || !isText(node.right))
      .map((operator) => replace(node, `${left}${operator}${right}`));
  },
};

/** The tests of `if`, `?:` and loops, and comparisons that are part of something larger. */
export const condition: Operator = {
  name: "condition",
  does: "a condition always true or always false; a loop's only false, as it would never end",
  changes(site) {
    const { node, parent } = site;
    if (parent === undefined || !isCondition(node, parent)) return [];
    const isLoop = parent.type !== "IfStatement" && "test" in parent && parent.test === node &&
      parent.type !== "ConditionalExpression";
    return (isLoop ? ["false"] : ["true", "false"])
      .filter((text) => text !== textOf(site, node))
      .map((text): Change => replace(node, text));
  },
};

function isCondition(node: AnyNode, parent: AnyNode): boolean {
  if (node.type === "BinaryExpression" && node.operator in RELATIONAL) return true;
  if (parent.type === "SwitchCase") return false;
  return "test" in parent && parent.test === node;
}

/** Whether a node is a text for certain: a literal, or something that is added to one. */
function isText(node: AnyNode): boolean {
  const inner = bare(node);
  if (inner.type === "BinaryExpression") {
    return inner.operator === "+" && (isText(inner.left) || isText(inner.right));
  }
  return inner.type === "TemplateLiteral" ||
    (inner.type === "Literal" && typeof inner.value === "string");
}

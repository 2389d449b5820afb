import { textOf } from "../syntax.ts";
import { type Operator, replace } from "./operator.ts";

/** The reverse of Offutt's UOI, where there is something to remove: Stryker's "unary operators". */
export const unaryOperator: Operator = {
  name: "unary-operator",
  does: "a sign or a negation removed",
  changes(site) {
    const { node } = site;
    if (node.type !== "UnaryExpression" || !["-", "+", "!", "~"].includes(node.operator)) return [];
    return [replace(node, textOf(site, node.argument))];
  },
};

/** Stryker's "update operators". */
export const updateOperator: Operator = {
  name: "update-operator",
  does: "++ for --, -- for ++",
  changes(site) {
    const { node } = site;
    if (node.type !== "UpdateExpression") return [];
    const operator = node.operator === "++" ? "--" : "++";
    const text = textOf(site, node.argument);
    return [replace(node, node.prefix ? operator + text : text + operator)];
  },
};

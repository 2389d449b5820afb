import type { AnyNode, CallExpression, Identifier, MemberExpression } from "acorn";
import { bare, textOf } from "../syntax.ts";
import { type Operator, replace } from "./operator.ts";
import { asOperand } from "./precedence.ts";

/** Methods that give something of their receiver's kind, which can stand in their place. */
const KEEP_THE_KIND: ReadonlySet<string> = new Set(
  ("concat copyWithin fill filter flat flatMap map reverse slice sort splice toReversed toSorted " +
    "toSpliced with normalize padEnd padStart repeat replace replaceAll substr substring " +
    "toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase trim trimEnd trimStart")
    .split(" "),
);

/** Functions of `Math` that give a number near their argument. */
const NEAR_THE_ARGUMENT: ReadonlySet<string> = new Set(
  "abs ceil floor fround round sign sqrt trunc".split(" "),
);

/** Stryker's "method expressions"; for `Math`, PIT's "argument propagation". */
export const callRemoval: Operator = {
  name: "call-removal",
  does: "xs for xs.slice(…), x for Math.floor(x)",
  changes(site) {
    const method = methodOf(site.node);
    if (method === undefined) return [];
    const { call, callee, property } = method;
    const [argument] = call.arguments;
    if (isMath(callee)) {
      if (!NEAR_THE_ARGUMENT.has(property.name) || argument === undefined) return [];
      return argument.type === "SpreadElement" ? [] : [replace(call, asOperand(site, argument))];
    }
    return KEEP_THE_KIND.has(property.name) ? [replace(call, textOf(site, callee.object))] : [];
  },
};

const TWINS: readonly (readonly [string, string])[] = [
  ["some", "every"],
  ["push", "unshift"],
  ["pop", "shift"],
  ["startsWith", "endsWith"],
  ["trimStart", "trimEnd"],
  ["padStart", "padEnd"],
  ["toUpperCase", "toLowerCase"],
  ["toLocaleUpperCase", "toLocaleLowerCase"],
  ["indexOf", "lastIndexOf"],
  ["find", "findLast"],
  ["findIndex", "findLastIndex"],
  ["reduce", "reduceRight"],
  ["keys", "values"],
];

const MATH_TWINS: readonly (readonly [string, string])[] = [
  ["min", "max"],
  ["floor", "ceil"],
];

/** Stryker's "method expressions": a method's counterpart in its place. */
export const methodSwap: Operator = {
  name: "method-swap",
  does:
    "a method's counterpart: min and max, some and every, push and unshift, find and findLast, …",
  changes({ node }) {
    const method = methodOf(node);
    if (method === undefined) return [];
    const { callee, property } = method;
    return (isMath(callee) ? MATH_TWINS : TWINS)
      .filter((twins) => twins.includes(property.name))
      .map(([one, other]) => replace(property, property.name === one ? other : one, callee));
  },
};

const SORTS: ReadonlySet<string> = new Set(["sort", "toSorted"]);

/** Both ways round: what a comparator calls its left is its right. */
export const comparatorSwap: Operator = {
  name: "comparator-swap",
  does: "the two arguments of a comparator swapped",
  changes(site) {
    const method = methodOf(site.node);
    if (method === undefined || !SORTS.has(method.property.name)) return [];
    const [given] = method.call.arguments;
    if (given === undefined || given.type === "SpreadElement") return [];
    const comparator = bare(given);
    if (
      comparator.type !== "ArrowFunctionExpression" && comparator.type !== "FunctionExpression"
    ) return [];
    const [left, right] = comparator.params;
    if (left === undefined || right === undefined || right.type === "RestElement") return [];
    const text = `${textOf(site, right)},${textOf(site, left)}`;
    return [replace({ start: left.start, end: right.end }, text, comparator)];
  },
};

interface Method {
  call: CallExpression;
  callee: MemberExpression;
  property: Identifier;
}

/** The parts of `object.name(…)`. */
function methodOf(node: AnyNode): Method | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { callee } = node;
  if (callee.computed || callee.property.type !== "Identifier") return undefined;
  return { call: node, callee, property: callee.property };
}

function isMath({ object }: MemberExpression): boolean {
  return object.type === "Identifier" && object.name === "Math";
}

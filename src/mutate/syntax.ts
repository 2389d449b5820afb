import { type AnyNode, parse, type Program } from "acorn";
import { CupelError } from "../errors.ts";

/** A stretch of code: offsets in UTF-16 units, the end not included. Every node is one. */
export interface Span {
  start: number;
  end: number;
}

/** A node where an operator may apply, with what it needs to know about its surroundings. */
export interface Site {
  node: AnyNode;
  /** What the node is directly in; parentheses are nodes too. */
  parent: AnyNode | undefined;
  /** The parent's parent. */
  grandparent: AnyNode | undefined;
  /** The code that is mutated, all of it. */
  code: string;
}

/**
 * Parses an ES module. Parentheses stay as nodes of their own, so that a node's text can be put somewhere
 * else as it is.
 *
 * @throws {CupelError} `bad-input` for code that is newer than the parser.
 */
export function parseModule(code: string, name: string): Program {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", preserveParens: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Cannot mutate ${name} as its code must be JavaScript: ${reason}`;
    throw new CupelError("bad-input", message, { cause: error });
  }
}

/** Every node of a tree, in the order of the code, the outer one first. */
export function sitesOf(program: Program, code: string): Site[] {
  const sites: Site[] = [];
  // A list of what is left to visit, not recursion: trees of generated code can be very deep.
  const waiting: Site[] = [{ node: program, parent: undefined, grandparent: undefined, code }];
  for (let site = waiting.pop(); site !== undefined; site = waiting.pop()) {
    sites.push(site);
    const { node, parent } = site;
    for (const child of childrenOf(node).reverse()) {
      waiting.push({ node: child, parent: node, grandparent: parent, code });
    }
  }
  return sites;
}

/** A node's children in the order of the code, each once: `{ a }` has one node as key and value. */
function childrenOf(node: AnyNode): AnyNode[] {
  const children = new Set<AnyNode>();
  for (const value of Object.values(node) as unknown[]) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item)) children.add(item);
    }
  }
  return [...children].sort((left, right) => left.start - right.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value &&
    typeof value.type === "string" && typeof value.start === "number";
}

/** A node without the parentheses around it. */
export function bare(node: AnyNode): AnyNode {
  let inner = node;
  while (inner.type === "ParenthesizedExpression") inner = inner.expression;
  return inner;
}

/** The code of a node. */
export function textOf({ code }: Site, { start, end }: Span): string {
  return code.slice(start, end);
}

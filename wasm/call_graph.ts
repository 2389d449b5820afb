import { instructions } from "./decode.ts";
import { SECTION } from "./module.ts";
import { Reader } from "./reader.ts";
import type { FunctionType, ParsedModule } from "./types.ts";

/** What one function body calls, and what its frame takes. */
export interface CallSites {
  /** Functions called directly, and how often they stand in the code. */
  direct: Map<number, number>;
  /** Types called through tables, and how often. */
  indirect: Map<number, number>;
  /** Estimated bytes of the function's frame on the native stack. */
  frameBytes: number;
}

/**
 * Who may call whom.
 *
 * Nodes are the functions, then one node for each shape of function type, which stands for "any function
 * of this shape whose reference is taken": a call through a table is an edge to it. That keeps the graph
 * linear in the module's size.
 */
export interface CallGraph {
  /** Successors of each node. */
  edges: number[][];
  /** Number of functions, imports first; nodes from here on are shapes. */
  functions: number;
  /** The node of a function type's shape, if a table may hold functions of it. */
  shapeOf: (type: number) => number | undefined;
}

/**
 * Builds the call graph.
 *
 * @param sites Those of the defined functions, in order.
 * @param hostCallsBack Whether imported functions may call exported ones.
 */
export function buildCallGraph(
  module: ParsedModule,
  sites: readonly CallSites[],
  hostCallsBack: boolean,
): CallGraph {
  const functions = module.functions.length;
  const shapes = new Map<string, number>();
  const edges: number[][] = Array.from({ length: functions }, () => []);
  const shapeNode = (type: number): number => {
    const key = shapeKey(module.types[type]);
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const node = edges.push([]) - 1;
    shapes.set(key, node);
    return node;
  };
  sites.forEach(({ direct, indirect }, index) => {
    const own = edges[module.importedFunctions + index];
    own?.push(...direct.keys());
    for (const type of indirect.keys()) own?.push(shapeNode(type));
  });
  if (hostCallsBack) {
    const exported = module.exports.filter(({ kind }) => kind === "function");
    for (let index = 0; index < module.importedFunctions; index++) {
      edges[index]?.push(...exported.map((entry) => entry.index));
    }
  }
  for (const target of referencedFunctions(module)) {
    const type = module.functions[target];
    if (type !== undefined) edges[shapeNode(type)]?.push(target);
  }
  return { edges, functions, shapeOf: (type) => shapes.get(shapeKey(module.types[type])) };
}

function shapeKey(type: FunctionType | undefined): string {
  return `${type?.params}:${type?.results}`;
}

/**
 * Functions that a call through a table may reach: all exported ones, as the host may put them there,
 * and all that an element segment, a global or code takes a reference of.
 */
function referencedFunctions(module: ParsedModule): Set<number> {
  const referenced = new Set<number>();
  for (const { kind, index } of module.exports) if (kind === "function") referenced.add(index);
  for (const { id, start, end } of module.sections) {
    const reader = new Reader(module.bytes, start, end);
    if (id === SECTION.element) readElements(reader, referenced);
    if (id === SECTION.global) readGlobals(reader, referenced);
  }
  return referenced;
}

/** Element segments (core specification 2.0, section 5.5.12). */
function readElements(reader: Reader, into: Set<number>): void {
  for (let count = reader.u32(); count > 0; count--) {
    const flags = reader.u32();
    const active = (flags & 1) === 0;
    if (active && flags & 2) reader.u32();
    if (active) readExpression(reader, into);
    if (flags & 3) reader.byte(); // element kind or type
    for (let elements = reader.u32(); elements > 0; elements--) {
      if (flags & 4) readExpression(reader, into);
      else into.add(reader.u32());
    }
  }
}

function readGlobals(reader: Reader, into: Set<number>): void {
  for (let count = reader.u32(); count > 0; count--) {
    reader.skip(2);
    readExpression(reader, into);
  }
}

function readExpression(reader: Reader, into: Set<number>): void {
  for (const { name, first } of instructions(reader)) {
    if (name === "ref.func") into.add(first);
    if (name === "end") return;
  }
}

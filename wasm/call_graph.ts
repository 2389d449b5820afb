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
 * of this shape whose reference is taken": a call through a table is an edge to it. One more stands for what
 * imported functions may call back. That keeps the graph linear in the module's size.
 */
export interface CallGraph {
  /** Successors of each node. */
  edges: number[][];
  /** Number of functions, imports first; nodes from here on stand for sets of functions. */
  functions: number;
  /** The node of a function type's shape, if a table may hold functions of it. */
  shapeOf: (type: number) => number | undefined;
}

/**
 * Builds the call graph.
 *
 * @param sites Those of the defined functions, in order.
 * @param hostCallsBack Whether imported functions may call exported ones.
 * @param sharesTables Whether tables may hold functions of other modules, which may call exported ones.
 */
export function buildCallGraph(
  module: ParsedModule,
  sites: readonly CallSites[],
  hostCallsBack: boolean,
  sharesTables: boolean,
): CallGraph {
  const functions = module.functions.length;
  const shapes = new Map<string, number>();
  const keyOf = shapeKeys(module.types);
  const edges: number[][] = Array.from({ length: functions }, () => []);
  const shapeNode = (type: number): number => {
    const key = keyOf(type);
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const node = edges.push([]) - 1;
    shapes.set(key, node);
    return node;
  };
  sites.forEach(({ direct, indirect }, index) => {
    const own = edges[module.importedFunctions + index];
    for (const callee of direct.keys()) own?.push(callee);
    for (const type of indirect.keys()) own?.push(shapeNode(type));
  });
  if (hostCallsBack) {
    // One node for all that is outside, so that the graph stays linear.
    const exported = module.exports.filter(({ kind }) => kind === "function");
    const outside = edges.push([...new Set(exported.map(({ index }) => index))]) - 1;
    for (let index = 0; index < module.importedFunctions; index++) edges[index]?.push(outside);
    if (sharesTables) { for (const shape of shapes.values()) edges[shape]?.push(outside); }
  }
  for (const target of referencedFunctions(module)) {
    const type = module.functions[target];
    if (type !== undefined) edges[shapeNode(type)]?.push(target);
  }
  return { edges, functions, shapeOf: (type) => shapes.get(keyOf(type)) };
}

/** What is the same for types of the same shape; put together once for each, as it is long for some. */
function shapeKeys(types: readonly FunctionType[]): (type: number) => string {
  const keys = new Map<number, string>();
  return (type) => {
    const key = keys.get(type) ?? `${types[type]?.params}:${types[type]?.results}`;
    keys.set(type, key);
    return key;
  };
}

/**
 * Functions that a call through a table may reach: all exported ones, as the host may put them there, and
 * all that a global or an element segment refers to. Code may refer to no others.
 */
function referencedFunctions({ exports, referenced }: ParsedModule): Set<number> {
  const exported = exports.filter(({ kind }) => kind === "function").map(({ index }) => index);
  return new Set([...exported, ...referenced]);
}

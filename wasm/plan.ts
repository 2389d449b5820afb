import { buildCallGraph, type CallGraph } from "./call_graph.ts";
import { calleesFirst, chooseCheckpoints } from "./checkpoints.ts";
import type { WalkedBody } from "./function_body.ts";
import type { ParsedModule } from "./types.ts";

/**
 * Most units that entering a function may use without a check of the fuel, all that it calls included.
 * Without a bound a tree of calls, each level calling the next many times, runs for ever unchecked.
 */
const MOST_UNCHECKED_FUEL = 1_000_000;

/** Decides for every function whether it is a checkpoint, and what entering it costs its callers. */
export function planFunctions(
  module: ParsedModule,
  bodies: readonly WalkedBody[],
  hostCallsBack: boolean,
  sharesTables: boolean,
): void {
  const sites = bodies.map(({ context }) => context.sites);
  const graph = buildCallGraph(module, sites, hostCallsBack, sharesTables);
  const imports = module.importedFunctions;
  const { isCheckpoint, breaksCycle, stackBytes } = chooseCheckpoints(graph, sites, imports);
  const checksFuel = boundWork(graph, breaksCycle, bodies, imports);
  const fuel = entryFuel(graph, checksFuel, bodies, imports);
  bodies.forEach(({ context }, index) => {
    context.plan = {
      isCheckpoint: isCheckpoint[imports + index] ?? true,
      checksFuel: checksFuel[imports + index] ?? true,
      stackBytes: stackBytes[imports + index] ?? 0,
      entryFuel: (callee) => fuel[callee] ?? 0,
    };
  });
}

/** Adds to the functions that check fuel those that could use too much before any other one does. */
function boundWork(
  graph: CallGraph,
  breaksCycle: readonly boolean[],
  bodies: readonly WalkedBody[],
  imports: number,
): boolean[] {
  const checksFuel = [...breaksCycle];
  const work = new Array<number>(graph.edges.length).fill(0);
  const workOf = (node: number | undefined) =>
    node === undefined || checksFuel[node] ? 0 : work[node] ?? 0;
  for (const node of calleesFirst(graph.edges, breaksCycle)) {
    if (node >= graph.functions) {
      work[node] = (graph.edges[node] ?? []).reduce(
        (most, next) => Math.max(most, workOf(next)),
        0,
      );
      continue;
    }
    const body = bodies[node - imports];
    if (body?.fuel === undefined) continue;
    let total = body.fuel.total;
    const { direct, indirect } = body.context.sites;
    for (const [callee, times] of direct) total += times * workOf(callee);
    for (const [type, times] of indirect) total += times * workOf(graph.shapeOf(type));
    work[node] = total;
    if (total > MOST_UNCHECKED_FUEL) checksFuel[node] = true;
  }
  return checksFuel;
}

/** What a call of each function pays for its first stretch; where fuel is checked, that pays for itself. */
function entryFuel(
  { edges }: CallGraph,
  checksFuel: readonly boolean[],
  bodies: readonly WalkedBody[],
  imports: number,
): number[] {
  const fuel = new Array<number>(edges.length).fill(0);
  for (const node of calleesFirst(edges, checksFuel)) {
    const entry = bodies[node - imports]?.fuel?.entry;
    if (entry === undefined || checksFuel[node]) continue;
    fuel[node] = entry.callees.reduce((sum, callee) => sum + (fuel[callee] ?? 0), entry.cost);
  }
  return fuel;
}

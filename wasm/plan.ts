import { buildCallGraph, type CallGraph } from "./call_graph.ts";
import { calleesFirst, chooseCheckpoints } from "./checkpoints.ts";
import type { WalkedBody } from "./function_body.ts";
import type { ParsedModule } from "./types.ts";

/** More than this a call is not charged for entering its callee: loops there pay for themselves. */
const MOST_ENTRY_FUEL = 1_000_000;

/** Decides for every function whether it is a checkpoint, and what entering it costs its callers. */
export function planFunctions(
  module: ParsedModule,
  bodies: readonly WalkedBody[],
  hostCallsBack: boolean,
): void {
  const sites = bodies.map(({ context }) => context.sites);
  const graph = buildCallGraph(module, sites, hostCallsBack);
  const imports = module.importedFunctions;
  const { isCheckpoint, breaksCycle, stackBytes } = chooseCheckpoints(graph, sites, imports);
  const fuel = entryFuel(graph, breaksCycle, bodies, imports);
  bodies.forEach(({ context }, index) => {
    context.plan = {
      isCheckpoint: isCheckpoint[imports + index] ?? true,
      checksFuel: breaksCycle[imports + index] ?? true,
      stackBytes: stackBytes[imports + index] ?? 0,
      entryFuel: (callee) => fuel[callee] ?? 0,
    };
  });
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
    const calls = entry.callees.reduce((sum, callee) => sum + (fuel[callee] ?? 0), 0);
    fuel[node] = Math.min(entry.cost + calls, MOST_ENTRY_FUEL);
  }
  return fuel;
}

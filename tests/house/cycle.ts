/**
 * Finds a way from a node back to itself, by depth-first search.
 *
 * @param graph Each node's targets; a target that is no key has none.
 * @returns The nodes of the cycle, the first repeated at the end; empty if there is none.
 */
export function findCycle(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const way: string[] = [];

  function search(node: string): string[] {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return [];
    way.push(node);
    for (const target of graph.get(node) ?? []) {
      const cycle = search(target);
      if (cycle.length > 0) return cycle;
    }
    way.pop();
    done.add(node);
    return [];
  }

  for (const node of graph.keys()) {
    const cycle = search(node);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

import { Writer } from "./writer.ts";

/**
 * The custom section that tells engines which branches are hardly ever taken, so that they move them out
 * of the way (branch hinting proposal). Engines that do not know it pass over it.
 *
 * @param unlikely For each defined function the positions of its unlikely `if`s, in bytes from the start of
 * the body, in order.
 * @param imports Number of imported functions.
 */
export function branchHints(unlikely: readonly (readonly number[])[], imports: number): Writer {
  const hinted = unlikely.map((positions, index) => ({ positions, index: imports + index }))
    .filter(({ positions }) => positions.length > 0);
  const section = new Writer(4096).name("metadata.code.branch_hint").u32(hinted.length);
  for (const { positions, index } of hinted) {
    section.u32(index).u32(positions.length);
    for (const position of positions) section.u32(position).byte(1).byte(0);
  }
  return section;
}

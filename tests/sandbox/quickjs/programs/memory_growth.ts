/** Prints what the process holds on to while an isolate runs memory bombs, again and again. */
import { memoryUsage, stdout } from "node:process";
import { isolateOf } from "../support.ts";
import { collectGarbage } from "./garbage.ts";
import { guestMemoryBytes } from "./guest_memories.ts";

/** What is printed, as JSON; all sizes in bytes. */
export interface MemoryGrowth {
  memoryBytes: number;
  /** How the calls ended. */
  kinds: string[];
  /** Most that one call used of its memory. */
  mostUsed: number;
  /** Most that guests' memories had together right after a bomb, without those of the warm-up. */
  mostGuest: number;
  /** Least size of the process right after a bomb, in each half, less the least of the warm-up. */
  leastGrowth: [first: number, second: number];
}

const WARM_UP_ROUNDS = 80;
const ROUNDS = 40;
const memoryBytes = 64 * 2 ** 20;

const BOMBS = `
export const right = (list) => list.map((x) => x + 1);
export const buffers = () => { const all = []; for (;;) all.push(new ArrayBuffer(2 ** 20)) };
export const arrays = () => { const all = []; for (;;) all.push(new Array(1000).fill(all)) };
export const texts = () => { const all = []; for (;;) all.push("x".repeat(2 ** 20 + all.length)) };
export const tree = () => { let text = "x"; for (;;) text += text.toUpperCase() };
`;

const NAMES = ["buffers", "arrays", "texts", "tree"];

// The same work on little memory first: a runtime that has compiled all of it has less to take later.
const small = await isolateOf(BOMBS, { memoryBytes: 8 * 2 ** 20 });
// Sizes are looked at when the garbage was collected, and least is compared with least: what is left is
// what is held.
let before = Infinity;
for (let round = 0; round < WARM_UP_ROUNDS; round++) {
  for (const bomb of NAMES) small.call(bomb, [], { fuel: 10_000_000 });
  if (round < WARM_UP_ROUNDS / 2) continue;
  collectGarbage();
  before = Math.min(before, memoryUsage().rss);
}
const guestBefore = guestMemoryBytes();

const isolate = await isolateOf(BOMBS, { memoryBytes });
isolate.call("right", [[1]]);
const kinds = new Set<string>();
const leastGrowth: MemoryGrowth["leastGrowth"] = [Infinity, Infinity];
let mostUsed = 0;
let mostGuest = 0;
for (let round = 0; round < ROUNDS; round++) {
  const half = round < ROUNDS / 2 ? 0 : 1;
  for (const bomb of NAMES) {
    const outcome = isolate.call(bomb, [], { fuel: 300_000_000 });
    kinds.add(outcome.ok ? "value" : outcome.failure.kind);
    mostUsed = Math.max(mostUsed, outcome.usage.memoryBytes);
    mostGuest = Math.max(mostGuest, guestMemoryBytes() - guestBefore);
    collectGarbage();
    leastGrowth[half] = Math.min(leastGrowth[half], memoryUsage().rss - before);
    isolate.call("right", [[1]]);
    // What was looked at through a WeakRef is held until the end of the turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
const growth: MemoryGrowth = {
  memoryBytes,
  kinds: [...kinds].sort(),
  mostUsed,
  mostGuest,
  leastGrowth,
};
stdout.write(JSON.stringify(growth));

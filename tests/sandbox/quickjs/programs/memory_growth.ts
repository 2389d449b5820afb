/** Prints by how many bytes the process grows at most while an isolate runs memory bombs. */
import { memoryUsage, stdout } from "node:process";
import { isolateOf } from "../support.ts";

const CALLS = 40;
const memoryBytes = 64 * 2 ** 20;

const BOMBS = `
export const right = (list) => list.map((x) => x + 1);
export const buffers = () => { const all = []; for (;;) all.push(new ArrayBuffer(2 ** 20)) };
export const arrays = () => { const all = []; for (;;) all.push(new Array(1000).fill(all)) };
export const texts = () => { const all = []; for (;;) all.push("x".repeat(2 ** 20 + all.length)) };
export const tree = () => { let text = "x"; for (;;) text += text.toUpperCase() };
`;

const isolate = await isolateOf(BOMBS, { memoryBytes });
isolate.call("right", [[1]]);
const before = memoryUsage().rss;
let most = 0;
const kinds = new Set<string>();
for (let call = 0; call < CALLS; call++) {
  for (const bomb of ["buffers", "arrays", "texts", "tree"]) {
    const outcome = isolate.call(bomb, [], { fuel: 300_000_000 });
    kinds.add(outcome.ok ? "value" : outcome.failure.kind);
    most = Math.max(most, memoryUsage().rss - before);
    isolate.call("right", [[1]]);
  }
}
stdout.write(JSON.stringify({ most, memoryBytes, kinds: [...kinds].sort() }));

import type { Bench } from "./frame/bench.ts";
import { atMost } from "./frame/target.ts";
import { cupelIsolate } from "./peers/cupel.ts";

const fresh = () => cupelIsolate({ stateful: false });
const stateful = () => cupelIsolate({ stateful: true });

/** (b) What the reset before every call costs, against an isolate that keeps its state. */
const bench: Bench = {
  title: "The same isolate, with and without a reset before each call",
  unit: "µs a call",
  reference: "no reset, Deno",
  variants: {
    "no reset, Deno": { measure: stateful },
    "reset, Deno": { measure: fresh },
    "no reset, Node": { runtime: "node", measure: stateful },
    "reset, Node": { runtime: "node", measure: fresh },
    "no reset, Bun": { runtime: "bun", measure: stateful },
    "reset, Bun": { runtime: "bun", measure: fresh },
  },
  judge: (medians) =>
    ["Deno", "Node", "Bun"].flatMap((runtime) =>
      atMost(1.25, medians, `reset, ${runtime}`, `no reset, ${runtime}`)
    ),
};

export default bench;

import type { Bench, Finding, Medians } from "./frame/bench.ts";
import { atLeast } from "./frame/target.ts";
import { cupelIsolate } from "./peers/cupel.ts";
import { isolatedVm } from "./peers/isolated_vm.ts";
import { stockQuickJs } from "./peers/stock_quickjs.ts";
import { subprocess } from "./peers/subprocess.ts";

const fresh = () => cupelIsolate({ stateful: false });

const RUNTIMES = ["Deno", "Node", "Bun"] as const;

function judge(medians: Medians): Finding[] {
  return [
    ...RUNTIMES.flatMap((runtime) =>
      atLeast(20, medians, `quickjs-emscripten, ${runtime}`, `cupel, ${runtime}`)
    ),
    ...atLeast(60, medians, "isolated-vm, Node", "cupel, Node"),
  ];
}

/** (a) What a fresh isolate for every call costs. */
const bench: Bench = {
  title: "A fresh isolate for every call",
  unit: "µs a call",
  reference: "cupel, Deno",
  variants: {
    "cupel, Deno": { measure: fresh },
    "cupel, Node": { runtime: "node", measure: fresh },
    "cupel, Bun": { runtime: "bun", measure: fresh },
    "quickjs-emscripten, Deno": { measure: stockQuickJs },
    "quickjs-emscripten, Node": { runtime: "node", measure: stockQuickJs },
    "quickjs-emscripten, Bun": { runtime: "bun", measure: stockQuickJs },
    "isolated-vm, Node": { runtime: "node", flags: ["--no-node-snapshot"], measure: isolatedVm },
    "subprocess, node -e": { runtime: "node", measure: () => subprocess(["-e"]) },
    "subprocess, deno eval": { measure: () => subprocess(["eval"]) },
  },
  judge,
};

export default bench;

import process from "node:process";
import { LocalDispatcher } from "../../../src/dispatch/local.ts";
import { exit } from "../../../src/runtime/host.ts";
import { collect, makeRun, withoutTimes } from "../runs.ts";

// Prints the results of one run, for a test that compares runtimes.
const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 40, seed: 7 });
const results = await collect(run, new LocalDispatcher(2));
process.stdout.write(JSON.stringify(withoutTimes(results)));
await exit(0);

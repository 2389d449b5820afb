import process from "node:process";
import { LocalDispatcher } from "../../../src/dispatch/local.ts";
import { policySchema } from "../../../src/gate/policy_schema.ts";
import { reportJson } from "../../../src/report/json.ts";
import { runReport } from "../../../src/report/run_report.ts";
import { exit } from "../../../src/runtime/host.ts";
import { makeFixtureRun } from "../../evaluate/runs.ts";

// Prints the report of a run with all that a task may have, for a test that compares runtimes.
const run = await makeFixtureRun(
  "sort_in_full",
  { baseline: "sort", candidate: "sort_but_tens" },
  { n: 40, seed: 7, repetitions: 2 },
);
const dispatcher = new LocalDispatcher(2);
const report = await runReport(run, dispatcher, { policy: policySchema.parse({}), shrink: 100 });
await dispatcher.close();
process.stdout.write(reportJson(report).replace(/("wallMs": )[\d.e-]+/g, "$10"));
await exit(0);

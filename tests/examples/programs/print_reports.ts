/** Prints the reports on all candidates of all examples, one JSON text a line, times apart. */
import process from "node:process";
import { evaluateExample, KNOWN_TRUTHS, timeless } from "../known_truth.ts";

const workers = Number(process.argv[2]);
for (const truth of KNOWN_TRUTHS) {
  const report = await evaluateExample(truth, workers);
  process.stdout.write(`${JSON.stringify(timeless(report))}\n`);
}

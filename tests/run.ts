/**
 * Runs the tests: every one on Deno, and those of `wasm/` and `sandbox/` on Bun and Node too.
 *
 * `deno task test [PART_OF_A_PATH...] [-- OPTIONS_OF_VITEST...]`. The last line is
 * `N passed, N failed`, summed over the runtimes; the exit code is 0 only if tests ran and none failed.
 */
import { join } from "node:path";
import process from "node:process";
import { ensureCompilers, needsCompilers } from "./runner/compilers.ts";
import { ensureNatsServer, needsNatsServer } from "./runner/nats_server.ts";
import { bunRuntime, denoRuntime, nodeRuntime, type Runtime } from "./runner/runtimes.ts";
import { selectTests } from "./runner/selection.ts";
import { sumTallies, type Tally } from "./runner/tally.ts";
import { runVitest } from "./runner/vitest.ts";

async function runOn(
  runtime: Runtime,
  files: string[],
  options: string[],
): Promise<{ line: string; tally?: Tally }> {
  if (!runtime.found) {
    return {
      line: `${runtime.name}: not tested, ${files.length} files skipped: ${runtime.reason}`,
    };
  }
  const title = `${runtime.name} ${runtime.version}`;
  if (interruption.signal.aborted) return { line: `${title}: not tested: interrupted` };
  console.log(`\n── ${title}: ${files.length} test files ──`);
  const tally = await runVitest(root, runtime, files, options, interruption.signal);
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : "";
  return { line: `${title}: ${tally.passed} passed, ${tally.failed} failed${skipped}`, tally };
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => interruption.abort());

const root = join(import.meta.dirname ?? ".", "..");
const args = process.argv.slice(2);
const cut = args.includes("--") ? args.indexOf("--") : args.length;
const { all, portable } = selectTests(root, args.slice(0, cut));
const options = args.slice(cut + 1);

const setUp = [
  needsCompilers(all) ? ensureCompilers() : undefined,
  needsNatsServer(all) ? ensureNatsServer() : undefined,
].flatMap((line) => line ?? []);
for (const line of setUp) console.log(line);

// Without files vitest would run all of them, this command's own tests among them.
const results = [];
if (all.length > 0) {
  // First, as npm may have to fetch it: no test should have to wait for that.
  const node = nodeRuntime();
  results.push(await runOn(denoRuntime(), all, options));
  if (portable.length > 0) {
    results.push(await runOn(bunRuntime(), portable, options));
    results.push(await runOn(node, portable, options));
  }
}

const sum = sumTallies(results.flatMap(({ tally }) => tally ?? []));
console.log();
for (const { line } of results) console.log(line);
for (const line of setUp) console.log(line);
if (all.length === 0) console.log("No test file has such a path.");
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.passed > 0 && sum.failed === 0 ? 0 : 1;

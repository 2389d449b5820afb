/**
 * The main job on `examples/top-k`, by the real command line: a candidate that is wrong is rejected,
 * one that is equivalent to the baseline is adopted. Run by `deno task demo`; the exit code is 0 only
 * if both verdicts are the expected ones.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

const ROOT = join(import.meta.dirname ?? "examples", "..");
const FOLDER = "examples/top-k";

interface Step {
  title: string;
  candidate: string;
  /** The exit code that stands for the expected verdict. */
  code: number;
}

const STEPS: Step[] = [
  { title: "A candidate with a mistake", candidate: "off-by-one.ts", code: 1 },
  { title: "An equivalent one", candidate: "heap.ts", code: 0 },
];

/** Runs one evaluation, its output shown; says whether it came out as expected. */
function show({ title, candidate, code }: Step): boolean {
  const args = [
    "evaluate",
    `${FOLDER}/task.ts`,
    `--baseline=${FOLDER}/baseline.ts`,
    `--candidate=${FOLDER}/${candidate}`,
  ];
  console.log(`\n# ${title}\n$ cupel ${args.join(" ")}`);
  const { status, error } = spawnSync(
    process.execPath,
    ["run", "-A", "src/cli/main.ts", ...args],
    { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (error) throw error;
  if (status === code) return true;
  console.error(`Expected exit code ${code} for ${candidate}, got ${status}.`);
  return false;
}

const asExpected = STEPS.map(show);
process.exitCode = asExpected.every(Boolean) ? 0 : 1;

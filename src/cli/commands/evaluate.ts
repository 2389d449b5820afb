import { evaluateFiles, MOST_CASES, MOST_WORKERS } from "../../mod.ts";
import type { EvaluateFilesOptions } from "../../mod.ts";
import { reportJson } from "../../report/json.ts";
import { reportText } from "../../report/text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { VERDICT_EXIT } from "../exit_codes.ts";
import { LIMIT_OPTIONS, parseLimits } from "../input/limits.ts";
import { parseSeed, SEED_OPTION } from "../input/seed.ts";
import { requireFile } from "../input/source_file.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { Progress } from "../progress.ts";

/** `cupel evaluate`: judges a candidate against a baseline. */
export const evaluateCommand: CommandSpec = {
  arguments: [{ name: "task", description: "file that exports the task, made by defineTask" }],
  options: [
    { flags: "--baseline <file>", description: "file with the trusted program", required: true },
    { flags: "--candidate <file>", description: "file with the program to judge", required: true },
    { flags: "-n, --cases <count>", description: "number of cases", defaultText: "400" },
    SEED_OPTION,
    { flags: "--json", description: "print the report as JSON" },
    {
      flags: "--workers <count>",
      description: "number of worker threads; the report does not depend on it",
      defaultText: "one for each core",
    },
    ...LIMIT_OPTIONS,
  ],
  examples: [
    {
      does: "judge heap.ts on 400 generated cases",
      line: "cupel evaluate examples/top-k/task.ts --baseline examples/top-k/baseline.ts " +
        "--candidate examples/top-k/heap.ts",
    },
    {
      does: "more cases, another seed, the report as JSON for other programs",
      line: "cupel evaluate task.ts --baseline old.ts --candidate new.ts -n 5000 --seed 7 --json",
    },
    {
      does: "limit each call to 32 MiB and 500 million units of fuel (some 0.07 s)",
      line: "cupel evaluate task.ts --baseline old.ts --candidate new.ts --memory 32MiB " +
        "--fuel 500_000_000",
    },
  ],
  exitCodes: "0 adopt, 1 reject, 2 inconclusive, 3 error (bad input, or no valid case)",
  run: runEvaluate,
};

const DEFAULT_CASES = 400;

async function runEvaluate(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const run = await parseRun(positional, options);
  const { n = DEFAULT_CASES } = run;
  const { interruption, stderr, stdout } = context;
  const progress = new Progress(stderr, n);
  interruption.note = `0 of ${n} cases were done`;
  try {
    const report = await evaluateFiles({
      ...run,
      signal: interruption.signal,
      onProgress: (done) => {
        interruption.note = `${done} of ${n} cases were done`;
        progress.update(done);
      },
    });
    progress.clear();
    // An interrupt that comes after the last case is one all the same: nothing is printed.
    if (interruption.exitCode !== undefined) return interruption.exitCode;
    stdout.write(options["json"] === true ? reportJson(report) : reportText(report, context));
    return VERDICT_EXIT[report.verdict];
  } finally {
    progress.clear();
  }
}

async function parseRun(
  positional: string[],
  options: OptionValues,
): Promise<EvaluateFilesOptions> {
  const { cases = `${DEFAULT_CASES}`, workers } = options;
  const run = {
    task: positional[0] ?? "",
    baseline: String(options["baseline"]),
    candidate: String(options["candidate"]),
    n: parseWholeNumber("-n", String(cases), 1, MOST_CASES),
    seed: parseSeed(options),
    limits: parseLimits(options),
    ...(typeof workers === "string"
      ? { workers: parseWholeNumber("--workers", workers, 1, MOST_WORKERS) }
      : {}),
  };
  await requireFile("the task", run.task);
  await requireFile("--baseline", run.baseline);
  await requireFile("--candidate", run.candidate);
  return run;
}

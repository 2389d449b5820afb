import { dirname } from "node:path";
import {
  checkTask,
  type CheckTaskOptions,
  DEFAULT_MUTANTS,
  MOST_CHECK_CASES,
  MOST_MUTANTS,
  OPERATOR_NAMES,
} from "../../mutate/check_task.ts";
import { DEFAULT_CASES } from "../../mutate/reference.ts";
import { checkTaskJson } from "../../report/check_task_json.ts";
import { checkTaskText } from "../../report/check_task_text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_BELOW_LEAST, EXIT_OK } from "../exit_codes.ts";
import { parseRate } from "../input/rate.ts";
import { refuse } from "../input/refuse.ts";
import { requireFile } from "../input/source_file.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { LIMIT_SETTINGS, limitsOf } from "../settings/run_settings.ts";
import { withProgress } from "../with_progress.ts";

const MUTANTS = { none: "no mutant was judged", some: "mutants were judged" };

const WANTED = ["seed", "workers", ...LIMIT_SETTINGS] as const;

/** `cupel check-task`: puts faults into a baseline and tells which of them the task catches. */
export const checkTaskCommand: CommandSpec = {
  arguments: [{ name: "task", description: "file that exports the task, made by defineTask" }],
  options: [
    {
      flags: "--baseline <file>",
      description: "file with a program that passes the task, to put faults into",
      required: true,
    },
    {
      flags: "-n, --cases <count>",
      description: "number of cases that each mutant is judged on, at most",
      defaultText: `${DEFAULT_CASES}; all of a task with only fixed ones`,
    },
    {
      flags: "--operators <names>",
      description: `mutation operators, with commas between: ${OPERATOR_NAMES.join(", ")}`,
      defaultText: "all",
    },
    {
      flags: "--most <count>",
      description: "most mutants that are judged; of more, an even sample is",
      defaultText: String(DEFAULT_MUTANTS),
    },
    {
      flags: "--least <share>",
      description: "exit with 1 where the score is below this, from 0 to 1 or in percent",
      defaultText: "0",
    },
    { flags: "--json", description: "print the report as JSON" },
    ...settingOptions(WANTED),
  ],
  examples: [
    {
      does: "which faults of the baseline does the task of top-k not see",
      line: "cupel check-task examples/top-k/task.ts --baseline examples/top-k/baseline.ts",
    },
    {
      does: "in a pipeline: fail where fewer than nine in ten are caught",
      line: "cupel check-task task.ts --baseline solve.ts -n 400 --least 90%",
    },
    {
      does: "boundaries and off-by-one only",
      line: "cupel check-task task.ts --baseline solve.ts " +
        "--operators relational-operator,number-literal",
    },
  ],
  exitCodes: "0 fine, 1 the score is below --least, 3 bad input",
  run: runCheckTask,
};

async function runCheckTask(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const { least = "0" } = options;
  const leastScore = parseRate("--least", String(least));
  const check = await parseCheck(positional, options);
  const report = await withProgress(context, MUTANTS, (hooks) => checkTask({ ...check, ...hooks }));
  const { interruption, stdout, colour } = context;
  // An interrupt that comes after the last mutant is one all the same: nothing is printed.
  if (interruption.exitCode !== undefined) return interruption.exitCode;
  const folder = dirname(check.baseline);
  const json = options["json"] === true;
  stdout.write(json ? checkTaskJson(report) : checkTaskText(report, { colour, folder }));
  // A judge of which nothing is known has not reached any score but 0.
  return (report.score ?? 0) < leastScore ? EXIT_BELOW_LEAST : EXIT_OK;
}

async function parseCheck(
  positional: string[],
  options: OptionValues,
): Promise<CheckTaskOptions> {
  const { cases, most, operators } = options;
  const settings = await resolveSettings(WANTED, options);
  const { seed, workers } = settings;
  const check: CheckTaskOptions = {
    task: positional[0] ?? "",
    baseline: String(options["baseline"]),
    n: typeof cases === "string" ? parseWholeNumber("-n", cases, 1, MOST_CHECK_CASES) : undefined,
    seed: seed.value,
    limits: limitsOf(settings),
    operators: typeof operators === "string" ? parseOperators(operators) : undefined,
    most: typeof most === "string" ? parseWholeNumber("--most", most, 1, MOST_MUTANTS) : undefined,
    workers: workers.value,
  };
  await requireFile("the task", check.task);
  await requireFile("--baseline", check.baseline);
  return check;
}

function parseOperators(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !OPERATOR_NAMES.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  throw refuse("--operators", `some of ${OPERATOR_NAMES.join(", ")}`, unknown);
}

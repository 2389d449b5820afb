import type { CaseDetail } from "../../evaluate/case_detail.ts";
import { type Replay, replayFiles, replayReport } from "../../replay.ts";
import { detailsJson } from "../../report/detail_json.ts";
import { detailText } from "../../report/detail_text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { refuse } from "../input/refuse.ts";
import { requireFile } from "../input/source_file.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { CALL_SETTINGS, limitsOf } from "../settings/run_settings.ts";
import { CupelError } from "../../errors.ts";

const MOST_INDEX = 999_999;

/** What a case depends on besides its files. */
const REPLAY_SETTINGS = [...CALL_SETTINGS, "stability"] as const;

/** `cupel replay`: runs one case of a run again and shows all of it. */
export const replayCommand: CommandSpec = {
  arguments: [{
    name: "report",
    description: "report that evaluate wrote; or, with both arms, the file of a task",
  }],
  options: [
    { flags: "--case <index>", description: "which case to run", required: true },
    {
      flags: "--path <numbers>",
      description: "without a report: the smaller case that shrinking came to, such as 0.3.1",
    },
    { flags: "--json", description: "print the case as JSON" },
    { flags: "--baseline <file>", description: "without a report: file with the trusted program" },
    {
      flags: "--candidate <file>",
      description: "without a report: file with the program to judge",
    },
    ...settingOptions(REPLAY_SETTINGS),
  ],
  examples: [
    {
      does: "run case 17 again, from the report alone",
      line: "cupel replay report.json --case 17",
    },
    {
      does: "run a case that only files and a seed stand for",
      line: "cupel replay task.ts --baseline old.ts --candidate new.ts --seed 7 --case 17",
    },
  ],
  exitCodes: "0 the candidate passed, 1 it failed, 2 the case could not be judged, 3 bad input",
  run: runReplay,
};

async function runReplay(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const { interruption, stdout } = context;
  const { task, details } = await replay(positional[0] ?? "", options, interruption.signal);
  if (interruption.exitCode !== undefined) return interruption.exitCode;
  const text = options["json"] === true
    ? detailsJson(details)
    : details.map((detail) => detailText(detail, task, context)).join("\n");
  stdout.write(text);
  return exitCode(details);
}

async function replay(
  first: string,
  options: OptionValues,
  signal: AbortSignal,
): Promise<Replay> {
  const { baseline, candidate } = options;
  const index = parseWholeNumber("--case", String(options["case"]), 0, MOST_INDEX);
  if (typeof baseline !== "string" && typeof candidate !== "string") {
    refuseRunOptions(options);
    await requireFile("the report", first, "a report in JSON");
    return await replayReport(first, { index, signal });
  }
  const files = {
    task: first,
    baseline: String(baseline ?? ""),
    candidate: String(candidate ?? ""),
  };
  await requireFile("the task", files.task);
  await requireFile("--baseline", files.baseline);
  await requireFile("--candidate", files.candidate);
  const settings = await resolveSettings(REPLAY_SETTINGS, options);
  const repetitions = settings.stability.value ?? 1;
  const run = { seed: settings.seed.value, limits: limitsOf(settings), repetitions };
  return await replayFiles({ ...files, ...run, index, path: parsePath(options), signal });
}

/** Which child at each level of the tree of shrinks. */
function parsePath({ path }: OptionValues): number[] {
  if (typeof path !== "string") return [];
  if (/^\d{1,9}(\.\d{1,9})*$/.test(path)) return path.split(".").map(Number);
  throw refuse("--path", "whole numbers with dots between them, such as 0.3.1", path);
}

/** A report has its own seed and limits: other ones would make another case. */
function refuseRunOptions(options: OptionValues): void {
  const given = [...REPLAY_SETTINGS, "path"].find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new CupelError(
    "bad-input",
    `Cannot use --${given} with a report, which has its own: it goes with --baseline and --candidate`,
  );
}

function exitCode([first]: CaseDetail[]): number {
  if (first === undefined || !first.valid) return 2;
  return first.arms.candidate.result.passed ? 0 : 1;
}

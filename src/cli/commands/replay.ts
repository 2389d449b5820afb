import type { CaseDetail } from "../../evaluate/case_detail.ts";
import { type Replay, replayFiles, replayReport } from "../../replay.ts";
import { detailsJson } from "../../report/detail_json.ts";
import { detailText } from "../../report/detail_text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { requireFile } from "../input/source_file.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { CALL_SETTINGS, limitsOf } from "../settings/run_settings.ts";
import { CupelError } from "../../errors.ts";

const MOST_INDEX = 999_999;

/** `cupel replay`: runs one case of a run again and shows all of it. */
export const replayCommand: CommandSpec = {
  arguments: [{
    name: "report",
    description: "report that evaluate wrote; or, with both arms, the file of a task",
  }],
  options: [
    { flags: "--case <index>", description: "which case to run", required: true },
    { flags: "--json", description: "print the case as JSON" },
    { flags: "--baseline <file>", description: "without a report: file with the trusted program" },
    {
      flags: "--candidate <file>",
      description: "without a report: file with the program to judge",
    },
    ...settingOptions(CALL_SETTINGS),
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
  const { entry, details } = await replay(positional[0] ?? "", options, interruption.signal);
  if (interruption.exitCode !== undefined) return interruption.exitCode;
  const text = options["json"] === true
    ? detailsJson(details)
    : details.map((detail) => detailText(detail, entry, context)).join("\n");
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
  const settings = await resolveSettings(CALL_SETTINGS, options);
  const run = { seed: settings.seed.value, limits: limitsOf(settings) };
  return await replayFiles({ ...files, ...run, index, signal });
}

/** A report has its own seed and limits: other ones would make another case. */
function refuseRunOptions(options: OptionValues): void {
  const given = ["seed", "fuel", "memory", "deadline"].find((name) => options[name] !== undefined);
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

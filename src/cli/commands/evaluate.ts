import { clusterOptionsSchema } from "../../cluster/cluster_options.ts";
import { evaluateFiles, type EvaluateFilesOptions } from "../../evaluate_files.ts";
import { CupelError } from "../../errors.ts";
import { importLate } from "../../runtime/late_import.ts";
import { reportJson } from "../../report/json.ts";
import { reportText } from "../../report/text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import { clusterLines } from "../cluster_lines.ts";
import type { Context } from "../context.ts";
import { VERDICT_EXIT } from "../exit_codes.ts";
import { GivenUpNote } from "../given_up_note.ts";
import { DISPATCH_OPTIONS, parseDispatch } from "../input/cluster.ts";
import { openControllerMetrics } from "../input/metrics_port.ts";
import { OutputFile } from "../input/output_file.ts";
import { requireFile } from "../input/source_file.ts";
import { replayLine } from "../replay_line.ts";
import { type EffectiveSettings, resolveSettings, settingOptions } from "../settings/resolve.ts";
import { limitsOf, policyOf, repetitionsOf, RUN_SETTINGS } from "../settings/run_settings.ts";
import { CASES, withProgress } from "../with_progress.ts";

type RunSettings = EffectiveSettings<(typeof RUN_SETTINGS)[number]>;

/** `cupel evaluate`: judges a candidate against a baseline. */
export const evaluateCommand: CommandSpec = {
  arguments: [{ name: "task", description: "file that exports the task, made by defineTask" }],
  options: [
    { flags: "--baseline <file>", description: "file with the trusted program", required: true },
    { flags: "--candidate <file>", description: "file with the program to judge", required: true },
    { flags: "--json", description: "print the report as JSON" },
    { flags: "--report <file>", description: "write the report as JSON to a file, too" },
    ...settingOptions(RUN_SETTINGS),
    ...DISPATCH_OPTIONS,
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
      does: "allow a loss of 1 point in the pass rate, and end as soon as it is decided",
      line: "cupel evaluate task.ts --baseline old.ts --candidate new.ts -n 2000 " +
        "--policy noninferiority:margin=0.01 --sequential",
    },
    {
      does:
        "on the nodes of a cluster that have a GPU; called again, it goes on where it was killed",
      line: "cupel evaluate task.ts --baseline old.ts --candidate new.ts " +
        "--nats nats://broker:4222 --require gpu --run build-1234",
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

async function runEvaluate(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const settings = await resolveSettings(RUN_SETTINGS, options);
  const run = await parseRun(positional, options, settings);
  const { report: path } = options;
  const json = options["json"] === true;
  const file = typeof path === "string" ? await OutputFile.prepare("--report", path) : undefined;
  const keepsSources = json || file !== undefined;
  const lines = clusterLines(
    context,
    options["run"] === undefined ? run.cluster?.runName : undefined,
  );
  const metrics = await openMetrics(run, options, context);
  const givenUp = new GivenUpNote();
  const observe = givenUp.observer(metrics?.observe);
  const report = await withProgress(
    context,
    CASES,
    (hooks) => evaluateFiles({ ...run, keepsSources, ...lines, observe, ...hooks }),
  ).finally(() => metrics?.close());
  // An interrupt that comes after the last case is one all the same: nothing is printed.
  if (context.interruption.exitCode !== undefined) return context.interruption.exitCode;
  givenUp.tell(context.stderr, run.cluster?.runName ?? "");
  await file?.write(reportJson(report));
  const replayed = { ...run, flags: replayFlags(settings, run.stability) };
  const text = json ? reportJson(report) : reportText(report, {
    colour: context.colour,
    replay: (address) => replayLine(replayed, typeof path === "string" ? path : undefined, address),
  });
  context.stdout.write(text);
  return VERDICT_EXIT[report.verdict];
}

/** Metrics of a run on a cluster, where they are asked for. */
async function openMetrics(
  { cluster }: EvaluateFilesOptions,
  options: OptionValues,
  context: Context,
) {
  if (cluster === undefined) return undefined;
  const address = clusterOptionsSchema.parse(cluster);
  return await openControllerMetrics(options, context, async () => {
    const { openCluster } = await importLate<typeof import("../../cluster/open.ts")>(
      "../../cluster/open.ts",
      import.meta.url,
    );
    return await openCluster(address, "metrics");
  });
}

/** What a case depends on besides its files: given to its replay wherever it was set. */
function replayFlags(settings: RunSettings, repetitions = 1): { flag: string; value: string }[] {
  const { seed, fuel, memory, deadline } = settings;
  const flags = [
    { flag: "--seed", setting: seed },
    { flag: "--fuel", setting: fuel },
    { flag: "--memory", setting: memory },
    { flag: "--deadline", setting: deadline },
  ].filter(({ setting }) => setting.origin !== "default")
    .map(({ flag, setting }) => ({ flag, value: `${setting.value}` }));
  return repetitions === 1 ? flags : [...flags, { flag: "--stability", value: `${repetitions}` }];
}

/** Nodes have threads of their own. What is set for all runs of a machine says nothing about those on others. */
function refuseThreads({ nats }: OptionValues, { origin, value }: RunSettings["workers"]): void {
  if (nats === undefined || origin !== "--workers") return;
  throw new CupelError(
    "bad-input",
    "Cannot use --workers with --nats as it must be left out: nodes have a --concurrency of their " +
      `own; current value is ${value}`,
  );
}

async function parseRun(
  positional: string[],
  options: OptionValues,
  settings: RunSettings,
): Promise<EvaluateFilesOptions> {
  const { cases, seed, workers, shrink } = settings;
  const policy = policyOf(settings);
  refuseThreads(options, workers);
  const run: EvaluateFilesOptions = {
    task: positional[0] ?? "",
    baseline: String(options["baseline"]),
    candidate: String(options["candidate"]),
    seed: seed.value,
    limits: limitsOf(settings),
    policy,
    stability: repetitionsOf(settings, policy),
    shrink: shrink.value,
    ...(cases.value === undefined ? {} : { n: cases.value }),
    ...(workers.value === undefined ? {} : { workers: workers.value }),
    cluster: await parseDispatch(options),
  };
  await requireFile("the task", run.task);
  await requireFile("--baseline", run.baseline);
  await requireFile("--candidate", run.candidate);
  return run;
}

import { CupelError } from "../../errors.ts";
import { printableJson } from "../../report/printable_json.ts";
import { relationKindsText } from "../../report/relation_kinds_text.ts";
import { suggestText } from "../../report/suggest_text.ts";
import {
  DEFAULT_SUGGEST_CASES,
  MOST_SUGGEST_CASES,
  type SuggestOptions,
  suggestRelations,
} from "../../suggest/suggest_relations.ts";
import { RELATION_KINDS } from "../../task/relations/catalogue.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK } from "../exit_codes.ts";
import { refuse } from "../input/refuse.ts";
import { requireFile } from "../input/source_file.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { LIMIT_SETTINGS, limitsOf } from "../settings/run_settings.ts";
import { CASES, withProgress } from "../with_progress.ts";

const WANTED = ["seed", "workers", ...LIMIT_SETTINGS] as const;

/** `cupel relations`: the library of relations; and which of them hold for a task's baseline. */
export const relationsCommand: CommandSpec = {
  arguments: [
    {
      name: "action",
      description: '"suggest" to try them on a baseline; the library is listed without it',
      optional: true,
    },
    { name: "task", description: "suggest: file that exports the task", optional: true },
  ],
  options: [
    { flags: "--baseline <file>", description: "suggest: file with the trusted program" },
    {
      flags: "-n, --cases <count>",
      description: "suggest: number of cases that they are tried on",
      defaultText: `${DEFAULT_SUGGEST_CASES}, or all of a task with only fixed ones`,
    },
    { flags: "--json", description: "print JSON" },
    ...settingOptions(WANTED),
  ],
  examples: [
    { does: "which relations there are, and which one to use when", line: "cupel relations" },
    {
      does: "which of them hold for the baseline of top-k",
      line: "cupel relations suggest examples/top-k/task.ts --baseline examples/top-k/baseline.ts",
    },
  ],
  exitCodes: "0 fine, 3 bad input",
  run: runRelations,
};

async function runRelations(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const [action, task] = positional;
  if (action === undefined) return listRelations(options, context);
  if (action !== "suggest") throw refuse("the action", '"suggest", or left out', action);
  const suggestOptions = await parseSuggestion(task, options);
  const report = await withProgress(
    context,
    CASES,
    (hooks) => suggestRelations({ ...suggestOptions, ...hooks }),
  );
  if (context.interruption.exitCode !== undefined) return context.interruption.exitCode;
  const json = options["json"] === true;
  context.stdout.write(json ? printableJson(report) : suggestText(report, context));
  return EXIT_OK;
}

function listRelations({ json, baseline, cases }: OptionValues, context: Context): number {
  const unused = baseline === undefined ? cases === undefined ? "" : "-n" : "--baseline";
  if (unused !== "") {
    throw new CupelError(
      "bad-input",
      `Cannot use ${unused} as it must follow "suggest" and a task`,
    );
  }
  const isJson = json === true;
  context.stdout.write(
    isJson ? printableJson(RELATION_KINDS) : relationKindsText(RELATION_KINDS, context),
  );
  return EXIT_OK;
}

async function parseSuggestion(
  task: string | undefined,
  options: OptionValues,
): Promise<SuggestOptions> {
  const { baseline, cases } = options;
  if (task === undefined) throw missing("the task");
  if (typeof baseline !== "string") throw missing("--baseline");
  const { seed, workers, ...limits } = await resolveSettings(WANTED, options);
  const n = typeof cases === "string"
    ? parseWholeNumber("-n", cases, 1, MOST_SUGGEST_CASES)
    : undefined;
  await requireFile("the task", task);
  await requireFile("--baseline", baseline);
  return {
    task,
    baseline,
    n,
    seed: seed.value,
    workers: workers.value,
    limits: limitsOf(limits),
  };
}

function missing(name: string): CupelError {
  return new CupelError(
    "bad-input",
    `Cannot use ${name} as it must be a TypeScript or JavaScript file: none is given`,
  );
}

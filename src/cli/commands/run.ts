import { runFile } from "../../run_file.ts";
import { outcomeJson } from "../../report/outcome_json.ts";
import { outcomeText } from "../../report/outcome_text.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_GUEST_FAILURE, EXIT_OK } from "../exit_codes.ts";
import { parseCallArguments } from "../input/call_arguments.ts";
import { requireFile } from "../input/source_file.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { CALL_SETTINGS, limitsOf } from "../settings/run_settings.ts";

/** `cupel run`: one call of one function of an untrusted file. */
export const runCommand: CommandSpec = {
  arguments: [{
    name: "file",
    description: "file to load: TypeScript, JavaScript, WebAssembly, or a manifest",
  }],
  options: [
    { flags: "--call <name>", description: "exported function to call", required: true },
    {
      flags: "--args <json>",
      description: "its arguments, as a JSON array; @file reads them from a file, - from stdin",
      defaultText: "[]",
    },
    { flags: "--json", description: "print the outcome as JSON" },
    ...settingOptions(CALL_SETTINGS),
  ],
  examples: [
    {
      does: "call topK([3, 1, 2], 2)",
      line: "cupel run examples/top-k/heap.ts --call topK --args '[[3, 1, 2], 2]'",
    },
    {
      does: "arguments from another program, the outcome for another program",
      line: "make-input | cupel run solve.ts --call solve --args - --json | jq .value",
    },
    {
      does: "at most 10 million units of fuel (some 2 ms) and 16 MiB",
      line: "cupel run solve.ts --call solve --fuel 10_000_000 --memory 16MiB",
    },
  ],
  exitCodes: "0 a value, 1 a failure of the guest, 3 bad input",
  run: runFunction,
};

async function runFunction(
  positional: string[],
  options: OptionValues,
  context: Context,
): Promise<number> {
  const file = positional[0] ?? "";
  const settings = await resolveSettings(CALL_SETTINGS, options);
  await requireFile("the file", file);
  const { args = "[]", call } = options;
  const values = await parseCallArguments(String(args));
  const { signal } = context.interruption;
  const outcome = await runFile({
    file,
    call: String(call),
    args: values,
    seed: settings.seed.value,
    limits: limitsOf(settings),
    signal,
  });
  const json = options["json"] === true;
  context.stdout.write(json ? outcomeJson(outcome) : outcomeText(outcome, context));
  return outcome.ok ? EXIT_OK : EXIT_GUEST_FAILURE;
}

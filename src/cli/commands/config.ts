import { escapeLine } from "../../report/escape.ts";
import { printableJson } from "../../report/printable_json.ts";
import { alignColumns } from "../../report/table.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK } from "../exit_codes.ts";
import {
  type Effective,
  type EffectiveSettings,
  resolveSettings,
  settingOptions,
} from "../settings/resolve.ts";
import { policyOf, RUN_SETTINGS } from "../settings/run_settings.ts";
import type { Setting } from "../settings/setting.ts";
import { SETTING_NAMES, type SettingName, SETTINGS } from "../settings/settings.ts";

/** `cupel config`: what is set, and where it was set. */
export const configCommand: CommandSpec = {
  arguments: [],
  options: [
    { flags: "--json", description: "print JSON, with the policy in full" },
    ...settingOptions(RUN_SETTINGS),
  ],
  examples: [
    { does: "what evaluate would run with here", line: "cupel config" },
    {
      does: "the policy of a file in full",
      line: "cupel config --policy policy.toml --json | jq .policy",
    },
    { does: "one setting from the environment", line: "CUPEL_SEED=7 cupel config" },
  ],
  exitCodes: "0 fine, 3 bad input",
  run: runConfig,
};

async function runConfig(
  _positional: string[],
  options: OptionValues,
  { stdout }: Context,
): Promise<number> {
  const settings = await resolveSettings(RUN_SETTINGS, options);
  const policy = policyOf(settings);
  const shown = SETTING_NAMES.map((name) => ({ name, ...show(name, settings) }));
  if (options["json"] === true) {
    const entries = shown.map(({ name, value, origin }) => [name, { value, origin }]);
    stdout.write(printableJson({ settings: Object.fromEntries(entries), policy }));
    return EXIT_OK;
  }
  const rows = shown.map(({ name, text, origin }) => [name, text, origin].map(escapeLine));
  for (const line of alignColumns(rows, ["left", "left", "left"])) stdout.write(`${line}\n`);
  return EXIT_OK;
}

/** What JSON holds of a setting, and what a person reads: for a default that is no value, in words. */
interface Shown {
  value: string | number | null;
  text: string;
  origin: string;
}

function show<Name extends SettingName>(name: Name, settings: EffectiveSettings<Name>): Shown {
  const setting = SETTINGS[name];
  const { value, origin } = settings[name];
  return showValue(setting, { value, origin });
}

function showValue<T>(setting: Setting<T>, { value, origin }: Effective<T>): Shown {
  if (value === undefined || value === null) {
    return { value: null, text: setting.fallbackText, origin };
  }
  const text = setting.show(value);
  return { value: typeof value === "number" ? value : text, text, origin };
}

import process from "node:process";
import { CupelError } from "../../errors.ts";
import { suggestion } from "../../gate/nearest.ts";
import type { OptionSpec, OptionValues } from "../command.ts";
import { type ConfigFile, readConfigFile } from "./config_file.ts";
import type { Setting, Source } from "./setting.ts";
import { type SettingName, SETTINGS, type SettingValues } from "./settings.ts";

/** A setting's value and where it came from. */
export interface Effective<T> {
  value: T;
  /** `--seed`, `CUPEL_SEED`, `cupel.toml: seed`, or `default`. */
  origin: string;
}

/** The settings of some names. */
export type EffectiveSettings<Name extends SettingName> = {
  [N in Name]: Effective<SettingValues[N]>;
};

/** The option that names a file of settings. */
export const CONFIG_OPTION: OptionSpec = {
  flags: "--config <file>",
  description: "file of settings in TOML",
  defaultText: "cupel.toml, where there is one",
};

/** Settings as the options of a command, and the one that names a file of them. */
export function settingOptions(names: readonly SettingName[]): OptionSpec[] {
  const options = names.map((name) => {
    const { flags, description, fallbackText } = SETTINGS[name];
    return { flags, description, defaultText: fallbackText };
  });
  return [...options, CONFIG_OPTION];
}

/** What the environment of a process holds. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings that a command takes: from the command line, or else the environment, or else the file
 * of settings, or else their defaults.
 *
 * @throws {CupelError} `bad-input` for a value that cannot be used, naming where it came from; a value
 *   that another one takes the place of is not looked at.
 */
export async function resolveSettings<Name extends SettingName>(
  names: readonly Name[],
  options: OptionValues,
  environment: Environment = process.env,
): Promise<EffectiveSettings<Name>> {
  const { config } = options;
  refuseUnknownVariables(environment);
  const file = await readConfigFile(typeof config === "string" ? config : undefined);
  const settings: Partial<EffectiveSettings<Name>> = {};
  for (const name of names) {
    const setting: Setting<SettingValues[Name]> = SETTINGS[name];
    const source = findSource(name, options, environment, file);
    settings[name] = source === undefined
      ? { value: setting.fallback, origin: "default" }
      : { value: await setting.parse(source), origin: source.origin };
  }
  return complete(names, settings);
}

/** A variable that nobody would read is most often misspelt, as is a key of the file. */
function refuseUnknownVariables(environment: Environment): void {
  const known = Object.values(SETTINGS).map(({ variable }) => variable);
  const unknown = Object.keys(environment)
    .find((name) => name.startsWith("CUPEL_") && environment[name] && !known.includes(name));
  if (unknown === undefined) return;
  throw new CupelError(
    "bad-input",
    `Cannot use ${unknown}: it is no setting; ${suggestion(unknown, known)}`,
  );
}

function findSource(
  name: SettingName,
  options: OptionValues,
  environment: Environment,
  file: ConfigFile | undefined,
): Source | undefined {
  const { flag, variable } = SETTINGS[name];
  const typed = options[name];
  if (typed !== undefined) return { origin: flag, given: typed, folder: "." };
  // As is usual, an empty variable is the same as none.
  const text = environment[variable];
  if (text) return { origin: variable, given: text, folder: "." };
  const given = file?.values.get(name);
  if (file === undefined || given === undefined) return undefined;
  return { origin: `${file.path}: ${name}`, given, folder: file.folder };
}

function complete<Name extends SettingName>(
  names: readonly Name[],
  settings: Partial<EffectiveSettings<Name>>,
): EffectiveSettings<Name> {
  const isComplete = (found: typeof settings): found is EffectiveSettings<Name> =>
    names.every((name) => found[name] !== undefined);
  if (isComplete(settings)) return settings;
  throw new Error("A setting was not resolved.");
}

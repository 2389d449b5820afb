import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CupelError } from "../../errors.ts";
import { suggestion } from "../../gate/nearest.ts";
import { readToml } from "../../gate/policy_toml.ts";
import { refuse } from "../input/refuse.ts";
import { readTextFile } from "../input/text_file.ts";
import type { Given } from "./setting.ts";
import { SETTING_NAMES, type SettingName } from "./settings.ts";

/** The file of settings that is read where it is there and no other is named. */
export const CONFIG_FILE = "cupel.toml";

/** A file of settings, read but not yet parsed. */
export interface ConfigFile {
  /** As the user named it. */
  path: string;
  /** The folder it is in: relative paths in it start there. */
  folder: string;
  values: ReadonlyMap<SettingName, Given>;
}

/**
 * Reads the file of settings.
 *
 * @param named The one that the user named; otherwise `cupel.toml` in the working directory, if there
 *   is one.
 * @throws {CupelError} `bad-input` where it cannot be read, is no TOML, or has a key that is no setting.
 */
export async function readConfigFile(named: string | undefined): Promise<ConfigFile | undefined> {
  if (named === undefined && !(await isThere(CONFIG_FILE))) return undefined;
  const path = named ?? CONFIG_FILE;
  const text = await readTextFile(named === undefined ? "the settings" : "--config", path);
  const values = new Map<SettingName, Given>();
  for (const [key, value] of Object.entries(readToml(path, text))) {
    values.set(settingName(path, key), givenOf(`${path}: ${key}`, value));
  }
  return { path, folder: dirname(resolve(path)), values };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw new CupelError("bad-input", `Cannot read ${path}: ${String(error)}`, { cause: error });
  }
}

function settingName(path: string, key: string): SettingName {
  const name = SETTING_NAMES.find((known) => known === key);
  if (name !== undefined) return name;
  const known = suggestion(key, SETTING_NAMES);
  throw new CupelError("bad-input", `Cannot use ${path}: ${key} is no setting; ${known}`);
}

function givenOf(origin: string, value: unknown): Given {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  const isTable = typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Date);
  if (isTable) return { ...value };
  throw refuse(origin, "text, a number, true or false, or a table", JSON.stringify(value) ?? "");
}

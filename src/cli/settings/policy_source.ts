import { isAbsolute, join } from "node:path";
import type { Policy } from "../../gate/policy.ts";
import { parsePolicyText } from "../../gate/policy_text.ts";
import { parsePolicyTable, parsePolicyToml } from "../../gate/policy_toml.ts";
import { readTextFile } from "../input/text_file.ts";
import { textOf } from "./parsers.ts";
import type { Source } from "./setting.ts";

/** A policy and what it was asked for as. */
export interface NamedPolicy {
  /** The preset with its parameters, the file's path, or where the table is. */
  name: string;
  policy: Policy;
}

/**
 * A policy: a preset with parameters, the path of a TOML file, or (in a file of settings) a table.
 *
 * @throws {CupelError} `bad-input`, naming the source, and the policy's file where there is one.
 */
export async function parsePolicySource(source: Source): Promise<NamedPolicy> {
  const { origin, given, folder } = source;
  if (typeof given === "object") {
    return { name: `the table in ${origin}`, policy: parsePolicyTable(origin, given) };
  }
  const text = textOf(source);
  if (!/\.toml$/i.test(text)) return { name: text, policy: parsePolicyText(origin, text) };
  const path = isAbsolute(text) ? text : join(folder, text);
  return { name: text, policy: parsePolicyToml(text, await readTextFile(origin, path)) };
}

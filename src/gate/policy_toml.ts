import { parse, TomlError } from "smol-toml";
import { CupelError } from "../errors.ts";
import { DEFAULT_POLICY, type Policy } from "./policy.ts";
import { policyError } from "./policy_error.ts";
import { policySchemaOver } from "./policy_schema.ts";
import { parsePolicyText } from "./policy_text.ts";

/**
 * A policy from TOML text, such as a file of its own.
 *
 * @param origin The file's name, for messages.
 * @throws {CupelError} `bad-input` with the line for what is no TOML, with the field for what is no
 *   policy.
 */
export function parsePolicyToml(origin: string, text: string): Policy {
  return parsePolicyTable(origin, readToml(origin, text));
}

/**
 * A policy from a table. Its keys are those of {@linkcode Policy}; `preset` names the one that the
 * rest is taken from, with parameters if need be. TOML knows no null: `"off"` takes a limit away.
 *
 * @throws {CupelError} `bad-input` with the field for what is no policy.
 */
export function parsePolicyTable(origin: string, table: Record<string, unknown>): Policy {
  const { preset, ...rest } = table;
  const input = withoutOff(rest);
  const parsed = policySchemaOver(basePolicy(origin, preset)).safeParse(input);
  if (parsed.success) return parsed.data;
  throw policyError(origin, parsed.error, rest, ["preset"]);
}

function basePolicy(origin: string, preset: unknown): Policy {
  if (preset === undefined) return DEFAULT_POLICY;
  if (typeof preset === "string") return parsePolicyText(`${origin}: preset`, preset);
  throw new CupelError(
    "bad-input",
    `Cannot use ${origin}: preset as it must be text: current value is ${JSON.stringify(preset)}`,
  );
}

/**
 * The tables of a TOML text.
 *
 * @throws {CupelError} `bad-input` with line and column; for tables in each other too deep.
 */
export function readToml(origin: string, text: string): Record<string, unknown> {
  try {
    const table = parse(text);
    if (isDeeper(table, MOST_LEVELS)) throw tooDeep(origin);
    return table;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The first line says what is wrong; the others draw where.
    const [what = "it is no TOML"] = error.message.split("\n");
    throw new CupelError(
      "bad-input",
      `Cannot read ${origin}:${error.line}:${error.column}: ${
        what.replace(/^Invalid TOML document: /, "")
      }`,
      { cause: error },
    );
  }
}

/** Most tables and arrays in each other: no setting has more than a few. */
const MOST_LEVELS = 20;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function tooDeep(origin: string): CupelError {
  return new CupelError(
    "bad-input",
    `Cannot use ${origin} as its tables must be at most ${MOST_LEVELS} in each other`,
  );
}

function withoutOff(value: unknown): unknown {
  if (value === "off") return null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutOff(item)]));
}

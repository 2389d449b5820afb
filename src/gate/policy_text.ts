import { CupelError } from "../errors.ts";
import { nearest, suggestion } from "./nearest.ts";
import type { Cap, Policy } from "./policy.ts";
import { policyError } from "./policy_error.ts";
import { type PolicyInput, policySchemaOver } from "./policy_schema.ts";
import { PRESETS } from "./presets.ts";

/**
 * A policy by its preset's name, with parameters after a colon: `strict`,
 * `noninferiority:margin=0.01,confidence=0.99`. The value `off` takes a limit away.
 *
 * @param origin Where the text comes from, such as `--policy`, for messages.
 * @throws {CupelError} `bad-input` for an unknown preset or parameter, or a value out of range.
 */
export function parsePolicyText(origin: string, text: string): Policy {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (preset === undefined) throw unknownPreset(origin, name);
  const input = colon < 0 ? {} : parseParameters(origin, text.slice(colon + 1));
  const parsed = policySchemaOver(preset.policy).safeParse(input);
  if (parsed.success) return parsed.data;
  throw policyError(origin, parsed.error, input);
}

function unknownPreset(origin: string, name: string): CupelError {
  const near = nearest(name, Object.keys(PRESETS));
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return new CupelError(
    "bad-input",
    `Cannot use ${origin} as it must be a preset (${Object.keys(PRESETS).join(", ")}) or a ` +
      `TOML file: current value is ${JSON.stringify(name.slice(0, 60))}${hint}`,
  );
}

/** What a parameter stands for in a policy. */
type Parameter = (value: number | null, text: string) => PolicyInput;

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  margin: (value) => ({ difference: { margin: value ?? NaN } }),
  confidence: (value) => ({ confidence: value ?? NaN }),
  minimumCases: (value) => ({ minimumCases: value ?? NaN }),
  baselinePassRate: (value) => ({ baselinePassRate: value ?? 0 }),
  regressions: (value) => ({ regressions: value }),
  hardViolations: (value, text) => ({ hardViolations: capOf(value, text) }),
  passRate: (value) => ({ passRate: value }),
  fuel: (value) => ({ cost: { fuel: value } }),
  memory: (value) => ({ cost: { memory: value } }),
  alpha: (value) => ({ relations: { alpha: value ?? NaN } }),
  unstable: (value, text) => ({ unstable: capOf(value, text) }),
};

/** `5` is a number of cases, `5%` a rate. */
function capOf(value: number | null, text: string): Cap | null {
  if (value === null) return null;
  return text.endsWith("%") ? { rate: value } : { cases: value };
}

function parseParameters(origin: string, text: string): PolicyInput {
  let input: PolicyInput = {};
  const seen = new Set<string>();
  for (const part of text.split(",")) {
    const [name = "", value] = splitOnce(part.trim(), "=");
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (parameter === undefined) {
      const known = suggestion(name, Object.keys(PARAMETERS));
      throw bad(origin, `${JSON.stringify(name)} is no parameter of a policy; ${known}`);
    }
    if (seen.has(name)) throw bad(origin, `the parameter ${name} is given twice`);
    seen.add(name);
    const next = parameter(parseValue(origin, name, value), value ?? "");
    const cost = { ...input.cost, ...next.cost };
    input = { ...input, ...next, ...(next.cost ? { cost } : {}) };
  }
  return input;
}

function parseValue(origin: string, name: string, text: string | undefined): number | null {
  if (text === "off" && !NEEDED.includes(name)) return null;
  const match = /^(\d[\d_]*(?:\.\d+)?|\.\d+)(%?)$/.exec(text ?? "");
  if (match) {
    const number = Number(match[1]?.replaceAll("_", ""));
    return match[2] === "%" ? number / 100 : number;
  }
  const given = text === undefined ? "nothing" : JSON.stringify(text);
  throw bad(
    origin,
    `the parameter ${name} must be a number such as 0.01 or 1%` +
      `${NEEDED.includes(name) ? "" : ", or off"}: current value is ${given}`,
  );
}

/** Parameters that cannot be taken away. */
const NEEDED = ["margin", "confidence", "minimumCases", "alpha"];

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  if (at < 0) return [text, undefined];
  return [text.slice(0, at).trim(), text.slice(at + separator.length).trim()];
}

function bad(origin: string, what: string): CupelError {
  return new CupelError("bad-input", `Cannot use ${origin}: ${what}`);
}

import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { DEFAULT_POLICY } from "../../gate/policy.ts";
import { MOST_LOOKS } from "../../gate/policy_schema.ts";
import { PRESETS } from "../../gate/presets.ts";
import {
  DEFAULT_SHRINK_TRIES,
  MOST_CASES,
  MOST_SHRINK_TRIES,
  MOST_WORKERS,
} from "../../evaluate_files.ts";
import { MOST_REPETITIONS } from "../../evaluate/run_spec.ts";
import { bytes } from "../../report/numbers.ts";
import { deadlineLimit, memoryLimit, wholeNumber } from "./parsers.ts";
import { type NamedPolicy, parsePolicySource } from "./policy_source.ts";
import { parseSequential, type SequentialChoice } from "./sequential_source.ts";
import type { Setting } from "./setting.ts";

/** The type of each setting's value; `undefined` where it may depend on the rest of a run. */
export interface SettingValues {
  cases: number | undefined;
  seed: number;
  workers: number | undefined;
  fuel: number;
  memory: number;
  deadline: number;
  policy: NamedPolicy;
  sequential: SequentialChoice | undefined;
  looks: number | undefined;
  stability: number | undefined;
  shrink: number;
}

/** The name of a setting: its key in a file, and its long flag. */
export type SettingName = keyof SettingValues;

const MOST_SEED = 4_294_967_295;
const DEFAULT_SEED = 42;
const MIB = 1024 * 1024;

/** Looks of a group-sequential test where nobody says how many. */
export const DEFAULT_LOOKS = 5;

/** Everything that can be set, in the order of help. */
export const SETTINGS: { readonly [Name in SettingName]: Setting<SettingValues[Name]> } = {
  cases: {
    flags: "-n, --cases <count>",
    flag: "-n",
    variable: "CUPEL_CASES",
    description: "number of cases",
    fallback: undefined,
    fallbackText: "400, or as many as a task of fixed cases has",
    parse: wholeNumber(1, MOST_CASES),
    show: String,
  },
  seed: {
    flags: "--seed <number>",
    flag: "--seed",
    variable: "CUPEL_SEED",
    description: `where randomness starts: the same seed gives the same result, 0 to ${MOST_SEED}`,
    fallback: DEFAULT_SEED,
    fallbackText: `${DEFAULT_SEED}`,
    parse: wholeNumber(0, MOST_SEED),
    show: String,
  },
  workers: {
    flags: "--workers <count>",
    flag: "--workers",
    variable: "CUPEL_WORKERS",
    description: "number of worker threads; the report does not depend on it",
    fallback: undefined,
    fallbackText: "one for each core",
    parse: wholeNumber(1, MOST_WORKERS),
    show: String,
  },
  fuel: {
    flags: "--fuel <units>",
    flag: "--fuel",
    variable: "CUPEL_FUEL",
    description:
      "most work that one call may do; some seven units take a nanosecond, and their count is exact",
    fallback: DEFAULT_LIMITS.fuel,
    fallbackText: `${DEFAULT_LIMITS.fuel}`,
    parse: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    show: String,
  },
  memory: {
    flags: "--memory <size>",
    flag: "--memory",
    variable: "CUPEL_MEMORY",
    description: "most memory of a guest: 64MiB, 16mb, or a number of bytes",
    fallback: DEFAULT_LIMITS.memoryBytes,
    fallbackText: bytes(DEFAULT_LIMITS.memoryBytes).replace(".0 ", ""),
    parse: memoryLimit,
    show: (value) => value % MIB === 0 ? `${value / MIB}MiB` : `${value}`,
  },
  deadline: {
    flags: "--deadline <duration>",
    flag: "--deadline",
    variable: "CUPEL_DEADLINE",
    description: "most wall-clock time of one call: 2s, 500ms, or a number of milliseconds",
    fallback: DEFAULT_LIMITS.deadlineMs,
    fallbackText: `${DEFAULT_LIMITS.deadlineMs / 1000}s`,
    parse: deadlineLimit,
    show: (value) => `${value}ms`,
  },
  policy: {
    flags: "--policy <policy>",
    flag: "--policy",
    variable: "CUPEL_POLICY",
    description: `what the candidate must show: ${Object.keys(PRESETS).join(", ")}, each with ` +
      "parameters as in noninferiority:margin=0.01; or a TOML file",
    fallback: { name: "default", policy: DEFAULT_POLICY },
    fallbackText: "default",
    parse: parsePolicySource,
    show: ({ name }) => name,
  },
  sequential: {
    flags: "--sequential [method]",
    flag: "--sequential",
    variable: "CUPEL_SEQUENTIAL",
    description: "end the run as soon as it is decided: always-valid (if no method is given), " +
      "obrien-fleming or pocock; off ends none early",
    fallback: undefined,
    fallbackText: "as the policy says",
    parse: parseSequential,
    show: String,
  },
  looks: {
    flags: "--looks <count>",
    flag: "--looks",
    variable: "CUPEL_LOOKS",
    description: "how often obrien-fleming and pocock look at the run",
    fallback: undefined,
    fallbackText: `as the policy says, or ${DEFAULT_LOOKS}`,
    parse: wholeNumber(2, MOST_LOOKS),
    show: String,
  },
  stability: {
    flags: "--stability <times>",
    flag: "--stability",
    variable: "CUPEL_STABILITY",
    description: "how often each case is run, each time with another Math.random, to find cases " +
      "whose outcome changes",
    fallback: undefined,
    fallbackText: "1, or 3 where the policy looks at stability",
    parse: wholeNumber(1, MOST_REPETITIONS),
    show: String,
  },
  shrink: {
    flags: "--shrink <tries>",
    flag: "--shrink",
    variable: "CUPEL_SHRINK",
    description: "most inputs that are tried to make a failing one smaller; 0 turns it off",
    fallback: DEFAULT_SHRINK_TRIES,
    fallbackText: `${DEFAULT_SHRINK_TRIES}`,
    parse: wholeNumber(0, MOST_SHRINK_TRIES),
    show: String,
  },
};

/** The names of all settings, in the order of help. */
export const SETTING_NAMES: readonly SettingName[] = [
  "cases",
  "seed",
  "workers",
  "fuel",
  "memory",
  "deadline",
  "policy",
  "sequential",
  "looks",
  "stability",
  "shrink",
];

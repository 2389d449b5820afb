import { type Chances, chances } from "../../gate/power/chances.ts";
import { adoptedFrom, type CasePlan, planCases, rejectedFrom } from "../../gate/power/plan.ts";
import { baselineChance } from "../../gate/power/baseline_chance.ts";
import { assertTruth, type Truth } from "../../gate/power/truth.ts";
import type { Policy } from "../../gate/policy.ts";
import { unplannedRules } from "../../gate/table_rule.ts";
import { percentage, points } from "../../gate/words.ts";
import { CupelError } from "../../errors.ts";
import { MOST_CASES } from "../../evaluate_files.ts";
import { escapeLine } from "../../report/escape.ts";
import { printableJson } from "../../report/printable_json.ts";
import { alignColumns } from "../../report/table.ts";
import type { CommandSpec, OptionValues } from "../command.ts";
import type { Context } from "../context.ts";
import { EXIT_OK } from "../exit_codes.ts";
import { parseRate } from "../input/rate.ts";
import { refuse } from "../input/refuse.ts";
import { parseWholeNumber } from "../input/whole_number.ts";
import { resolveSettings, settingOptions } from "../settings/resolve.ts";
import { POLICY_SETTINGS, policyOf } from "../settings/run_settings.ts";

const WANTED = ["seed", ...POLICY_SETTINGS] as const;

/** `cupel power`: how many cases a run needs, or what a number of cases can show. */
export const powerCommand: CommandSpec = {
  arguments: [],
  options: [
    {
      flags: "-n, --cases <count>",
      description: "tell what so many cases can show, and plan none",
    },
    {
      flags: "--power <share>",
      description: "how likely the right verdict shall be",
      defaultText: "0.9",
    },
    {
      flags: "--regressions <rate>",
      description: "assumed share of the cases that only the baseline passes",
      defaultText: "0",
    },
    {
      flags: "--improvements <rate>",
      description: "assumed share of the cases that only the candidate passes",
      defaultText: "0",
    },
    {
      flags: "--pass-rate <rate>",
      description: "assumed share of the cases that the baseline passes",
      defaultText: "all but the improvements",
    },
    { flags: "--json", description: "print JSON" },
    ...settingOptions(WANTED),
  ],
  examples: [
    {
      does: "how many cases show that an equal candidate is within 1 point",
      line: "cupel power --policy noninferiority:margin=0.01",
    },
    {
      does: "how many cases find a candidate that breaks 1 % of them",
      line: "cupel power --regressions 1%",
    },
    {
      does: "what 2000 cases can show of a candidate that is a little better",
      line: "cupel power -n 2000 --policy superiority --regressions 0.005 --improvements 0.015",
    },
  ],
  exitCodes: "0 fine, 3 bad input",
  run: runPower,
};

interface Answer {
  policy: string;
  truth: Truth;
  power: number;
  plan: CasePlan | null;
  /** The number of cases that the rest is about: given or planned. */
  n: number | null;
  chances: Chances | null;
  /** Probability that the baseline passes as many cases as the policy wants before it adopts. */
  baselinePassesEnough: number | null;
  rejectedFrom: number | null;
  adoptedFrom: number | null;
  unplanned: string[];
}

async function runPower(
  _positional: string[],
  options: OptionValues,
  { stdout, interruption }: Context,
): Promise<number> {
  const settings = await resolveSettings(WANTED, options);
  const policy = policyOf(settings);
  const truth = parseTruth(options);
  const power = parsePower(options);
  assertBaseline(policy, truth);
  interruption.release();
  const answer = answerOf(policy, truth, power, parseCases(options), settings.seed.value);
  const named = { policy: settings.policy.value.name, ...answer };
  stdout.write(options["json"] === true ? printableJson(named) : text(named));
  return EXIT_OK;
}

/** A baseline that fails too much is never replaced: a plan for it would promise what no run keeps. */
function assertBaseline({ baselinePassRate }: Policy, { passRate }: Truth): void {
  if (passRate > 0 && passRate >= baselinePassRate) return;
  const least = baselinePassRate > 0
    ? `at least the policy's baselinePassRate (${percentage(baselinePassRate)})`
    : "above 0";
  throw new CupelError(
    "bad-input",
    `Cannot plan with the baseline's pass rate as it must be ${least}, without which no candidate is ` +
      `adopted: current value is ${percentage(passRate)}`,
  );
}

/** Typed ones only: a number that is set for all runs is no reason to plan none. */
function parseCases({ cases }: OptionValues): number | undefined {
  return typeof cases === "string" ? parseWholeNumber("-n", cases, 1, MOST_CASES) : undefined;
}

function parseTruth(options: OptionValues): Truth {
  const rate = (flag: string, name: string, otherwise: number) => {
    const typed = options[name];
    return typeof typed === "string" ? parseRate(flag, typed) : otherwise;
  };
  const regressions = rate("--regressions", "regressions", 0);
  const improvements = rate("--improvements", "improvements", 0);
  const truth = {
    regressions,
    improvements,
    passRate: rate("--pass-rate", "passRate", 1 - improvements),
  };
  assertTruth(truth);
  return truth;
}

function parsePower(options: OptionValues): number {
  const typed = String(options["power"] ?? "0.9");
  const power = parseRate("--power", typed);
  if (power > 0 && power < 1) return power;
  throw refuse("--power", "a share between 0 and 1, such as 0.9 or 90%", typed);
}

function answerOf(
  policy: Policy,
  truth: Truth,
  power: number,
  asked: number | undefined,
  seed: number,
): Omit<Answer, "policy"> {
  const plan = asked === undefined ? planCases(policy, truth, power) : null;
  const n = asked ?? plan?.n ?? null;
  return {
    truth,
    power,
    plan,
    n,
    chances: n === null ? null : chances(policy, n, truth, seed),
    baselinePassesEnough: n === null ? null : baselineChance(policy, n, truth),
    rejectedFrom: n === null ? null : rejectedFrom(policy, n, truth, power),
    adoptedFrom: n === null ? null : adoptedFrom(policy, n, truth, power),
    unplanned: unplannedRules(policy),
  };
}

function text(answer: Answer): string {
  const { truth, n, unplanned } = answer;
  const rows = [
    ["policy", answer.policy],
    [
      "assumed",
      `${percentage(truth.regressions)} regressions, ${percentage(truth.improvements)} ` +
      `improvements, the baseline passes ${percentage(truth.passRate)}`,
    ],
    ["cases", casesText(answer)],
    ...(n === null ? [] : detailRows(answer)),
    ...(unplanned.length === 0 ? [] : [["not planned", `the rules ${unplanned.join(", ")}`]]),
  ];
  const shown = rows.map((row) => row.map(escapeLine));
  return alignColumns(shown, ["left", "left"]).map((line) => `${line}\n`).join("");
}

function casesText({ plan, n, power }: Answer): string {
  if (n === null) {
    return "no number up to a million: the truth assumed lies on the limit of the policy";
  }
  if (plan === null) return `${n}`;
  const verb = plan.goal === "adopt" ? "adopted" : "rejected";
  return `${n}, to be ${verb} with a chance of ${percentage(power)} or more`;
}

function detailRows(answer: Answer): string[][] {
  const { chances, power, rejectedFrom, adoptedFrom, baselinePassesEnough } = answer;
  if (chances === null) return [];
  const { adopt, reject, inconclusive, cases } = chances;
  const rows = [[
    "verdict",
    `adopt ${chance(adopt)}, reject ${chance(reject)}, inconclusive ${chance(inconclusive)}`,
  ]];
  if (cases !== null) {
    const { mean, median, ninetieth } = cases;
    rows.push([
      "ends after",
      `${mean.toFixed(0)} cases on average, ${median} in half of the runs, ${ninetieth} in 90 % ` +
      "(simulated)",
    ]);
  }
  if (baselinePassesEnough !== null && baselinePassesEnough < 0.9995) {
    const share = chance(baselinePassesEnough);
    rows.push([
      "baseline",
      `passes enough for an adoption with a chance of ${share} (not in the above)`,
    ]);
  }
  const rejected = rejectedFrom === null
    ? "no rate of regressions is rejected"
    : `${percentageUp(rejectedFrom)} regressions or more are rejected`;
  rows.push(["detects", `${rejected} with a chance of ${percentage(power)}`]);
  if (adoptedFrom !== null) {
    const difference = `a difference of ${points(adoptedFrom)} or better is adopted`;
    rows.push(["shows", `${difference} with a chance of ${percentage(power)}`]);
  }
  return rows;
}

/** A chance as a percentage with a decimal, which is never rounded to certainty. */
function chance(share: number): string {
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  if (share < 1 && share > 0.9995) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** A percentage with two decimals, rounded up: less would not be enough. */
function percentageUp(share: number): string {
  return `${(Math.ceil(share * 10_000) / 100).toFixed(2)} %`;
}

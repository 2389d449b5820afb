import { existsSync, readFileSync } from "node:fs";
import {
  evaluateFiles,
  type PolicyInput,
  type Report,
  reportJson,
  type Verdict,
} from "../../src/mod.ts";
import { parsePolicyToml } from "../../src/gate/policy_toml.ts";
import { projectFile } from "../evaluate/runs.ts";

/** What is known of one candidate of an example. */
export interface KnownTruth {
  example: string;
  candidate: string;
  /** Where it is, below `examples`; beside its task, in TypeScript, if left out. */
  file?: string;
  verdict: Verdict;
  /** The rules that fail. */
  rules: string[];
  /** The rules that are undecided; none if left out. */
  undecided?: string[];
  /** Properties and relations that the candidate breaks; all of them, in any order. */
  broken: string[];
}

const WRONG = ["regressions", "non-inferiority"];

const DROPS_DUPLICATES = [
  "has min(k, length) elements",
  "leaves out nothing larger",
  "appending elements below the minimum",
];

/** Every candidate of every example. */
export const KNOWN_TRUTHS: readonly KnownTruth[] = [
  right("top-k", "heap"),
  wrong("top-k", "off-by-one", ["has min(k, length) elements"]),
  wrong("top-k", "drops-duplicates", DROPS_DUPLICATES),
  compiled(right("top-k", "top-k-assemblyscript")),
  compiled(right("top-k", "top-k-c")),
  compiled(right("top-k", "top-k-rust")),
  compiled(right("top-k", "top-k-wasi")),
  compiled(wrong("top-k", "drops-duplicates-c", DROPS_DUPLICATES)),
  right("sort-numbers", "merge-sort"),
  { ...right("sort-numbers", "bubble-sort"), verdict: "reject", rules: ["fuel"] },
  // Cheap where it is wrong, which is no saving.
  wrong("sort-numbers", "as-texts", ["is in ascending order", "scaling keeps the order"], [
    ...WRONG,
    "fuel",
  ]),
  wrong("sort-numbers", "loses-equals", ["holds each value as often as the input"], [
    ...WRONG,
    "fuel",
  ]),
  right("text-normalizer", "word-by-word"),
  wrong("text-normalizer", "forgets-no-break-space", [
    "has single spaces, between words only",
    "has as many words as the input",
    "twice is once",
    "more white space does not matter",
  ]),
  wrong("text-normalizer", "lower-case-first", ["is in lower case", "twice is once"]),
  wrong("text-normalizer", "strips-accents", ["keeps all letters"]),
  wrong("text-normalizer", "not-composed", [
    "is in normalisation form KC",
    "how accents are written does not matter",
  ]),
  right("bin-packing", "avoids-gaps"),
  { ...right("bin-packing", "first-fit"), verdict: "reject", rules: ["metric"] },
  wrong("bin-packing", "worst-fit", ["wastes little: on long lists at most a tenth and two bins"], [
    ...WRONG,
    "metric",
  ]),
  wrong("bin-packing", "overfills", [
    "opens bins in turn, none before it must, and overfills none",
  ], [...WRONG, "metric"]),
  {
    ...wrong("bin-packing", "sorts-first", [
      "opens bins in turn, none before it must, and overfills none",
      "items that are yet to come do not matter",
    ]),
    // Its right answers are few, and hardly better: a wrong one is no gain.
    undecided: ["metric"],
  },
  right("credit-fairness", "fair"),
  wrong("credit-fairness", "biased-by-group", ["changing the group changes nothing"], [
    ...WRONG,
    "metric-gap",
  ]),
  { ...right("credit-fairness", "biased-by-postcode"), verdict: "reject", rules: ["metric-gap"] },
];

function right(example: string, candidate: string): KnownTruth {
  return { example, candidate, verdict: "adopt", rules: [], broken: [] };
}

function wrong(example: string, candidate: string, broken: string[], rules = WRONG): KnownTruth {
  return { example, candidate, verdict: "reject", rules, broken };
}

function compiled(truth: KnownTruth): KnownTruth {
  return { ...truth, file: `components/${truth.candidate}.wasm` };
}

/** Where a candidate is, below `examples`. */
export function fileOf({ example, candidate, file }: KnownTruth): string {
  return file ?? `${example}/${candidate}.ts`;
}

/** Evaluates a candidate by its example's policy, as `cupel evaluate` does without further options. */
export async function evaluateExample(truth: KnownTruth, workers: number): Promise<Report> {
  const { example } = truth;
  const file = (name: string) => projectFile(`examples/${example}/${name}`);
  const policy = policyOf(file("policy.toml"));
  return await evaluateFiles({
    task: file("task.ts"),
    baseline: file("baseline.ts"),
    candidate: projectFile(`examples/${fileOf(truth)}`),
    workers,
    // To show that it works everywhere, a few tries are enough.
    shrink: 20,
    ...(policy === undefined ? {} : { policy }),
  });
}

function policyOf(path: string): PolicyInput | undefined {
  return existsSync(path) ? parsePolicyToml("policy.toml", readFileSync(path, "utf8")) : undefined;
}

/** A report as JSON, times apart. */
export function timeless(report: Report): string {
  return reportJson(report).replace(/"wallMs": [\d.e+-]+/g, '"wallMs": 0');
}

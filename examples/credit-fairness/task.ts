import { args, defineTask } from "cupel/task";
import { chain, irrelevantField, monotonicity, scaling } from "cupel/task/relations";
import * as fc from "fast-check";

interface Applicant {
  group: string;
  /** Most of group A live where it begins with 1, most of group B where it begins with 2. */
  postcode: number;
  /** All amounts are of one year. */
  income: number;
  /** What has to be paid back already. */
  debt: number;
  /** What would have to be paid back for this credit. */
  instalment: number;
  latePayments: number;
}

interface Terms {
  /** The share of the income that may go into paying back. */
  limit: number;
  /** How much less of it may for each late payment. */
  latePenalty: number;
}

/** Where the burden is this near to the limit, both decisions are right. */
const LEEWAY = 0.1;

const terms: fc.Arbitrary<Terms> = fc.record({
  limit: fc.constantFrom(0.4, 0.45, 0.5),
  latePenalty: fc.constantFrom(0.01, 0.02),
});

/** Nine in ten live where most of their group do. Nothing else differs between the groups. */
const home = fc.tuple(fc.constantFrom("A", "B"), fc.nat({ max: 9 }), fc.nat({ max: 999 }))
  .map(([group, moved, area]) => {
    const first = (group === "A") === (moved > 0) ? 1000 : 2000;
    return { group, postcode: first + area };
  });

/** Applicants whose burden is near the limit, some of them beyond the leeway, and their bank's terms. */
const applications = fc.tuple(
  terms,
  home,
  fc.integer({ min: 20_000, max: 120_000 }),
  fc.integer({ min: -125, max: 125 }),
  fc.integer({ min: 0, max: 100 }),
  fc.nat({ max: 3 }),
).map(([terms, { group, postcode }, income, distance, part, latePayments]): [Applicant, Terms] => {
  const share = terms.limit + distance / 1000 - terms.latePenalty * latePayments;
  const total = Math.round(income * share);
  const debt = Math.round(total * part / 100);
  return [{ group, postcode, income, debt, instalment: total - debt, latePayments }, terms];
});

/** How far the burden is above the limit; below it where it is negative. */
function excess(applicant: Applicant, { limit, latePenalty }: Terms): number {
  const { income, debt, instalment, latePayments } = applicant;
  return (debt + instalment) / income + latePenalty * latePayments - limit;
}

export default defineTask({
  name: "credit decisions",
  entry: "approve",
  // Small and edge values would not be the applicants whose approvals are to be compared.
  inputs: args(fc.noBias(applications)),
  properties: {
    "is yes or no": (output: boolean) => typeof output === "boolean",
    "approves a burden that is clearly bearable": (output, applicant, terms) =>
      output || excess(applicant, terms) > -LEEWAY,
    "refuses a burden that clearly is not": (output, applicant, terms) =>
      !output || excess(applicant, terms) < LEEWAY,
  },
  relations: {
    "changing the group changes nothing": irrelevantField({ field: "group", values: ["A", "B"] }),
    "in another currency the decision is the same": chain(
      scaling({ at: [0, "income"], factor: 2 }),
      scaling({ at: [0, "debt"], factor: 2 }),
      scaling({ at: [0, "instalment"], factor: 2 }),
    ),
    "a larger income does no harm": monotonicity({
      at: [0, "income"],
      grow: (income: number, random) => income + random.int(1, 50_000),
    }),
    "a larger debt does no good": monotonicity({
      at: [0, "debt"],
      direction: "down",
      grow: (debt: number, random) => debt + random.int(1, 20_000),
    }),
    "more late payments do no good": monotonicity({
      at: [0, "latePayments"],
      direction: "down",
      grow: (times: number, random) => times + random.int(1, 3),
    }),
  },
  metrics: {
    "approval": {
      value: (output) => output ? 1 : 0,
      direction: "higher",
      description: "share of the applications that are approved",
    },
  },
  group: (applicant) => applicant.group,
});

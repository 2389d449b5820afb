import { mcnemarTest } from "../../stats/mcnemar.ts";
import { benjaminiHochberg } from "../../stats/multiplicity/benjamini_hochberg.ts";
import type { Adjusted } from "../../stats/multiplicity/family.ts";
import { hochberg } from "../../stats/multiplicity/hochberg.ts";
import { holm } from "../../stats/multiplicity/holm.ts";
import { tableTotal } from "../../stats/paired_table.ts";
import type { Evidence, RelationEvidence } from "../evidence.ts";
import type { MultiplicityMethod, Policy } from "../policy.ts";
import type { RuleResult } from "../rule.ts";
import { undecided } from "../undecided.ts";
import { count, figure } from "../words.ts";

/**
 * Fails where the candidate breaks some relation significantly more often than the baseline: by
 * McNemar's exact test, one-sided, with p-values adjusted for the number of relations.
 *
 * A pass says that no such relation was found, no more. A relation that was never checked leaves the
 * rule undecided, and so does one that the candidate may hide by failing: it would be found broken if
 * each case counted in which a failure kept it from being checked. A task without relations gives the
 * rule nothing to judge.
 */
export function relations(evidence: Evidence, policy: Policy): RuleResult[] {
  if (policy.relations === null || evidence.relations.length === 0) return [];
  const { method, alpha } = policy.relations;
  const { adjusted, rejected } = adjust(method, evidence.relations.map(worsePValue), alpha);
  const significant = rejected.filter(Boolean).length;
  const smallest = adjusted.reduce((least, value) => Math.min(least, value), 1);
  const name = "relations";
  const tested = evidence.relations.length;
  const figures = { relations: tested, alpha, significant, smallestAdjustedP: smallest };
  if (significant > 0) {
    const reason = `The candidate ${broken(evidence.relations, adjusted, rejected)}.`;
    return [{ name, status: "fail", reason, figures }];
  }
  const unchecked = evidence.relations.filter(({ table }) => tableTotal(table) === 0);
  if (unchecked[0]) {
    const reason = `${count(unchecked.length, "relation")} of ${tested} could not be checked in ` +
      `any case, the first "${unchecked[0].name}"`;
    return [undecided({ name, figures }, reason, null)];
  }
  const missing = evidence.relations.reduce(
    (most, relation) => Math.max(most, relation.missing),
    0,
  );
  const worst = adjust(method, evidence.relations.map(withMissing).map(worsePValue), alpha);
  const hidden = evidence.relations[worst.rejected.indexOf(true)];
  if (hidden) {
    const reason = `A failure of the candidate kept the relation "${hidden.name}" from being ` +
      `checked in ${
        count(hidden.missing, "case")
      } in which it holds on the baseline: too many to ` +
      "tell that it is not broken";
    return [undecided({ name, figures: { ...figures, missing } }, reason, null)];
  }
  const reason = `The candidate breaks none of ${count(tested, "relation")} significantly more ` +
    `often than the baseline (smallest adjusted p ${figure(smallest)}).`;
  return [{ name, status: "pass", reason, figures }];
}

function broken(
  relations: readonly RelationEvidence[],
  adjusted: readonly number[],
  rejected: readonly boolean[],
): string {
  const worse = relations.flatMap(({ name, table }, index) => {
    if (!rejected[index]) return [];
    return `"${name}" (${table.baselineOnly} cases against ${table.candidateOnly}, adjusted p ` +
      `${figure(adjusted[index] ?? 1)})`;
  });
  return `breaks ${count(worse.length, "relation")} significantly more often than the ` +
    `baseline: ${worse.slice(0, MOST_NAMED).join(", ")}${worse.length > MOST_NAMED ? ", …" : ""}`;
}

const MOST_NAMED = 3;

/** The relation as if the candidate had broken it wherever a failure kept it from being checked. */
function withMissing(relation: RelationEvidence): RelationEvidence {
  const { table, missing } = relation;
  return { ...relation, table: { ...table, baselineOnly: table.baselineOnly + missing } };
}

/**
 * The p-value of "not worse". Where cases depend on each other, the pairs that disagree are divided by
 * the design effect, rounded against a rejection.
 */
function worsePValue({ table, designEffect }: RelationEvidence): number {
  const baselineOnly = Math.floor(table.baselineOnly / designEffect);
  const candidateOnly = Math.ceil(table.candidateOnly / designEffect);
  return mcnemarTest({ ...table, baselineOnly, candidateOnly }, "candidateWorse").exact;
}

function adjust(method: MultiplicityMethod, pValues: number[], alpha: number): Adjusted {
  if (method === "holm") return holm(pValues, alpha);
  if (method === "hochberg") return hochberg(pValues, alpha);
  if (method === "bh") return benjaminiHochberg(pValues, alpha);
  return { adjusted: pValues, rejected: pValues.map((value) => value <= alpha) };
}

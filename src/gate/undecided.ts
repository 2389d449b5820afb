import type { RuleResult } from "./rule.ts";
import { count } from "./words.ts";

/**
 * An undecided rule's answer, in which reason and figures agree on what would decide it.
 *
 * @param reason The sentence without its full stop.
 * @param moreCases How many more cases would; `null` where no number would.
 */
export function undecided(
  base: Pick<RuleResult, "name" | "figures">,
  reason: string,
  moreCases: number | null,
): RuleResult {
  const outlook = moreCases === null
    ? ""
    : `; about ${count(moreCases, "more case")} would decide, if the figures stay as they are`;
  const figures = { ...base.figures, moreCases };
  return { name: base.name, status: "undecided", reason: `${reason}${outlook}.`, figures };
}

import type { PairRates } from "../../../src/stats/power/pair_rates.ts";
import { sampleSize } from "../../../src/stats/power/sample_size.ts";
import {
  type InterimDecision,
  type SequentialPlan,
  sequentialPower,
} from "../../../src/stats/power/sequential_power.ts";
import { type PairedTable, tableTotal } from "../../../src/stats/paired_table.ts";
import { eValueAgainst } from "../../../src/stats/sequential/betting.ts";
import { groupSequentialBoundaries } from "../../../src/stats/sequential/group_sequential.ts";
import type { Spending } from "../../../src/stats/sequential/spending.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";

const MARGIN = 0.01;
const POWER = 0.9;
const LOOKS = 5;
const PLAYED = { runs: 500, seed: 1 };

/** One row of the table in docs/sequential.md: cells as they are printed there. */
export function figuresOf({ regress, improve }: PairRates): string[] {
  const due = improve - regress > -MARGIN ? "adopt" : "reject";
  const adopts = (table: PairedTable) => fixedDecision(table) === due;
  const fixed = sampleSize({ power: POWER, regress, improve, adopts })?.n ?? NaN;
  const rates = { regress, improve };
  let byFixed = 0;
  const endless = sequentialPower({
    ...{ ...PLAYED, ...rates, batch: Math.ceil(fixed / 100) },
    most: 5 * fixed,
    decide: (table) => {
      const decision = alwaysValidDecision(table);
      if (decision === due && tableTotal(table) <= fixed) byFixed++;
      return decision;
    },
  });
  const grouped = (["obrien-fleming", "pocock"] as const).map((spending) =>
    sequentialPower(groupSequentialPlan(spending, fixed, rates))
  );
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    due,
    String(fixed),
    endless.cases.mean.toFixed(0),
    String(endless.cases.ninetieth),
    percent(byFixed / PLAYED.runs),
    ...grouped.flatMap((power) => [power.cases.mean.toFixed(0), percent(power[due].share)]),
  ];
}

function decisionBy({ low, high }: { low: number; high: number }): InterimDecision {
  if (low > -MARGIN) return "adopt";
  return high < -MARGIN ? "reject" : "continue";
}

function fixedDecision(table: PairedTable): InterimDecision {
  return decisionBy(tangoInterval(table));
}

function alwaysValidDecision(table: PairedTable): InterimDecision {
  if (eValueAgainst(table, -MARGIN, "greater").pValue <= 0.025) return "adopt";
  return eValueAgainst(table, -MARGIN, "less").pValue <= 0.025 ? "reject" : "continue";
}

function groupSequentialPlan(spending: Spending, most: number, rates: PairRates): SequentialPlan {
  const batch = Math.ceil(most / LOOKS);
  const counts = Array.from({ length: LOOKS }, (_, look) => Math.min(most, batch * (look + 1)));
  const looks = groupSequentialBoundaries({
    alpha: 0.05,
    sides: 2,
    spending,
    fractions: counts.map((count) => count / most),
  });
  const zAt = new Map(looks.map(({ z }, look) => [counts[look], z]));
  const decide = (table: PairedTable) => {
    const z = zAt.get(tableTotal(table));
    return z === undefined ? "continue" : decisionBy(tangoInterval(table, z));
  };
  return { ...PLAYED, ...rates, most, batch, decide };
}

import type { Interval } from "../stats/interval.ts";
import { type PairedTable, tableTotal } from "../stats/paired_table.ts";
import { alwaysValidInterval } from "../stats/sequential/always_valid_interval.ts";
import { zOf } from "../stats/special/normal.ts";
import { tangoOfPairs } from "../stats/tango.ts";
import type { Estimate, Evidence } from "./evidence.ts";
import { groupSequentialOf, lookAfter } from "./looks.ts";
import type { Policy } from "./policy.ts";

/** How the interval of the difference of the pass rates is made. */
export type DifferenceMethod =
  | "tango-1998"
  | "tango-1998-rao-scott-1992"
  | "always-valid"
  | "repeated-tango-1998";

/** The difference of the pass rates, candidate minus baseline, with the interval that decides on it. */
export interface DifferenceEstimate extends Estimate {
  method: DifferenceMethod;
  /** The interval if `factor` times the cases had been judged, in the same proportions. */
  after(factor: number): Interval;
}

type Evident = Pick<Evidence, "requested" | "stopped" | "table" | "clusters">;

/**
 * The difference of the pass rates with the interval that the policy's way of looking asks for: one
 * that is valid at a fixed number of cases, at every look of a group-sequential test (a repeated
 * interval), or after every case (always valid).
 *
 * Dependent cases (clusters) have intervals that are valid at the end of a run only. Where a run was
 * stopped, or is between two looks, such that no interval is valid, the bounds are `null`.
 *
 * @throws {RangeError} if a cell of the table is not a count.
 */
export function differenceInterval(evidence: Evident, policy: Policy): DifferenceEstimate {
  const { table } = evidence;
  const n = tableTotal(table);
  const estimate = n === 0 ? null : (table.candidateOnly - table.baselineOnly) / n;
  const { method, after, valid } = n === 0 ? NOTHING : chooseInterval(evidence, policy);
  const { low, high } = valid ? after(1) : { low: null, high: null };
  return { estimate, low, high, method, after };
}

interface Choice {
  method: DifferenceMethod;
  after(factor: number): Interval;
  /** Whether the interval may be looked at now. */
  valid: boolean;
}

const NOTHING: Choice = {
  method: "tango-1998",
  after: () => ({ low: -1, high: 1 }),
  valid: false,
};

function chooseInterval(evidence: Evident, policy: Policy): Choice {
  const { requested, stopped, table, clusters } = evidence;
  const { confidence, sequential } = policy;
  if (clusters !== null) {
    const after = scaledTango(table, zOf(confidence), clusters.designEffect);
    return { method: "tango-1998-rao-scott-1992", after, valid: stopped === undefined };
  }
  if (sequential?.method === "always-valid") {
    const after = (factor: number) => alwaysValidInterval(scaled(table, factor), confidence);
    return { method: "always-valid", after, valid: true };
  }
  const test = groupSequentialOf(policy);
  if (test === undefined) {
    const after = scaledTango(table, zOf(confidence), 1);
    return { method: "tango-1998", after, valid: stopped === undefined };
  }
  const look = lookAfter(stopped?.after ?? requested, requested, test, confidence);
  const after = scaledTango(table, look?.z ?? zOf(confidence), 1);
  return { method: "repeated-tango-1998", after, valid: look !== undefined };
}

function scaledTango(table: PairedTable, z: number, effect: number): Choice["after"] {
  const n = tableTotal(table);
  return (factor) => {
    const scale = factor / effect;
    return tangoOfPairs(table.candidateOnly * scale, table.baselineOnly * scale, n * scale, z);
  };
}

/** A table in the same proportions, as near as whole numbers allow. */
function scaled(table: PairedTable, factor: number): PairedTable {
  return {
    both: Math.round(table.both * factor),
    baselineOnly: Math.round(table.baselineOnly * factor),
    candidateOnly: Math.round(table.candidateOnly * factor),
    neither: Math.round(table.neither * factor),
  };
}

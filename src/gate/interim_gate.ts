import { tableTotal } from "../stats/paired_table.ts";
import { eValueAgainst } from "../stats/sequential/betting.ts";
import type { Estimate, Evidence, InterimEvidence } from "./evidence.ts";
import { groupSequentialOf, lookCounts } from "./looks.ts";
import type { Policy } from "./policy.ts";
import { decide, type Decision } from "./verdict.ts";

/** What an {@linkcode InterimGate} must know before the first case. */
export interface InterimGateOptions {
  /** Cases that the run was asked for. */
  requested: number;
  /** Whether the task groups dependent cases: then no interval holds before the end. */
  clustered: boolean;
}

/** How often, of all cases, an always-valid test is looked at while no pair disagrees. */
const CALM_LOOKS = 1000;

/**
 * Looks at a run after every case, in index order, and ends it early where its policy is sequential
 * and its verdict is settled:
 *
 * - `reject` once a cap on a number of cases is broken, which further cases cannot mend, or once the
 *   sequential test says that the difference is worse than the margin;
 * - `adopt` once the sequential test says that it is not, and only where the policy has no other rule
 *   that needs all cases.
 *
 * The verdict is that of the gate itself on what is known by then, so the final decision on a run that
 * was stopped here agrees. One gate serves one run.
 */
export class InterimGate {
  readonly #policy: Policy;
  readonly #options: InterimGateOptions;
  readonly #looks: ReadonlySet<number>;
  readonly #stride: number;
  readonly #mayAdopt: boolean;
  #discordant = 0;

  constructor(policy: Policy, options: InterimGateOptions) {
    this.#policy = policy;
    this.#options = options;
    const { requested } = options;
    const test = groupSequentialOf(policy);
    this.#looks = new Set(test ? lookCounts(requested, test.looks) : []);
    this.#stride = Math.ceil(requested / CALM_LOOKS);
    this.#mayAdopt = mayAdoptEarly(policy);
  }

  /**
   * What is settled after one more case.
   *
   * @returns `undefined` where the run has to go on, and at its last case: the final decision is made
   * with all that is known then.
   */
  decide(evidence: InterimEvidence): Decision | undefined {
    const { sequential } = this.#policy;
    if (sequential === null || evidence.done >= this.#options.requested) return undefined;
    if (!this.#isCapBroken(evidence) && !this.#isTestDue(evidence)) return undefined;
    const decision = decide(this.#evidenceOf(evidence), this.#policy);
    if (decision.verdict === "reject") return decision;
    return decision.verdict === "adopt" && this.#mayAdopt ? decision : undefined;
  }

  #isCapBroken({ table, hardViolations }: InterimEvidence): boolean {
    const { regressions, hardViolations: cap } = this.#policy;
    if (regressions !== null && table.baselineOnly > regressions) return true;
    return cap !== null && "cases" in cap && hardViolations.candidate > cap.cases;
  }

  #isTestDue(evidence: InterimEvidence): boolean {
    if (this.#options.clustered) return false;
    if (this.#policy.sequential?.method !== "always-valid") return this.#looks.has(evidence.done);
    const { candidateOnly, baselineOnly } = evidence.table;
    const discordant = candidateOnly + baselineOnly;
    if (discordant === this.#discordant && evidence.done % this.#stride !== 0) return false;
    this.#discordant = discordant;
    return this.#isBetWon(evidence);
  }

  /** Whether the e-value at the margin has reached what the interval's bound asks for, on a side. */
  #isBetWon({ table, invalid }: InterimEvidence): boolean {
    const { confidence, difference, minimumCases } = this.#policy;
    const limit = difference.kind === "superiority" ? difference.margin : -difference.margin;
    const error = (1 - confidence) / 2;
    if (eValueAgainst(table, limit, "less").pValue <= error) return true;
    if (!this.#mayAdopt || invalid > 0 || tableTotal(table) < minimumCases) return false;
    return eValueAgainst(table, limit, "greater").pValue <= error;
  }

  #evidenceOf(
    { done, invalid, table, firstRegression, hardViolations }: InterimEvidence,
  ): Evidence {
    return {
      requested: this.#options.requested,
      stopped: { after: done },
      invalid,
      table,
      ...(firstRegression === undefined ? {} : { firstRegression }),
      // Their number is not known yet, and no rule looks at it before the end.
      clusters: this.#options.clustered ? { count: 1, designEffect: 1, size: 1 } : null,
      hardViolations,
      relations: [],
      metrics: [],
      cost: { fuel: UNKNOWN, memory: UNKNOWN },
      unstable: null,
      alerts: null,
    };
  }
}

const UNKNOWN: Estimate = { estimate: null, low: null, high: null, method: "none" };

/** Whether no rule of the policy needs all cases: each but the difference has to be absent. */
function mayAdoptEarly(policy: Policy): boolean {
  const { difference, regressions, hardViolations, passRate, metrics, otherMetrics } = policy;
  const { cost, relations, unstable, monitors } = policy;
  if (difference.kind === "noninferiority" && difference.margin === 0) return false;
  const absent = [regressions, hardViolations, passRate, otherMetrics, cost.fuel, cost.memory];
  return [...absent, relations, unstable, monitors.rejectAt].every((rule) => rule === null) &&
    Object.keys(metrics).length === 0;
}

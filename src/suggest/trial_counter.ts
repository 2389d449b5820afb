import type { CaseDetail } from "../evaluate/case_detail.ts";
import type { JudgedCase } from "../evaluate/case_result.ts";
import type { RelationDescription } from "../evaluate/task_description.ts";

/** How one relation of the library fared. */
export interface RelationTrial {
  /** The code that makes it, such as `permutation({ at: 1 })`. */
  code: string;
  category: string;
  description: string;
  /** Cases in which it applied, with a follow-up that is another input than the source. */
  applied: number;
  /** Those in which it did not hold, or the follow-up's call failed. */
  failed: number;
  /** The first of them; `null` without one. */
  firstFailure: { index: number; message: string } | null;
}

/** Counts in how many cases relations applied and failed. */
export class TrialCounter {
  /** Cases in which the baseline answered. */
  answered = 0;
  readonly #trials = new Map<string, RelationTrial>();

  constructor(relations: readonly RelationDescription[]) {
    for (const { name, category, description } of relations) {
      const counts = { applied: 0, failed: 0, firstFailure: null };
      this.#trials.set(name, { code: name, category, description, ...counts });
    }
  }

  /** Adds a case: the relations that were checked on the baseline, and those that did not hold. */
  add({ index, arms: { baseline } }: JudgedCase): void {
    if (baseline.checked.length > 0 || baseline.failure === undefined) this.answered++;
    for (const name of baseline.checked) this.#count(name, (trial) => trial.applied++);
    for (const { kind, name, message } of baseline.violations) {
      // Where another follow-up of it failed, the relation does not count as checked.
      if (kind !== "relation" || !baseline.checked.includes(name)) continue;
      this.#count(name, (trial) => fail(trial, index, message));
    }
  }

  /** Adds the relations of which a follow-up's call failed in a case. */
  addFailures(detail: CaseDetail): void {
    if (!detail.valid) return;
    const counted = new Set<string>();
    for (const { relation, answer } of detail.arms.baseline.calls) {
      if (relation === undefined || answer.ok || counted.has(relation)) continue;
      counted.add(relation);
      const { kind, message } = answer.failure;
      this.#count(relation, (trial) => {
        trial.applied++;
        fail(trial, detail.index, `the follow-up's call failed (${kind}): ${message}`);
      });
    }
  }

  /** In the order in which the relations were tried. */
  trials(): RelationTrial[] {
    return [...this.#trials.values()];
  }

  #count(name: string, change: (trial: RelationTrial) => void): void {
    const trial = this.#trials.get(name);
    if (trial !== undefined) change(trial);
  }
}

function fail(trial: RelationTrial, index: number, message: string): void {
  trial.failed++;
  if (trial.firstFailure === null || index < trial.firstFailure.index) {
    trial.firstFailure = { index, message };
  }
}

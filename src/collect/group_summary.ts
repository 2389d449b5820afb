import type { JudgedCase } from "../evaluate/case_result.ts";

/** The cases of one group. */
export interface GroupSummary {
  name: string;
  cases: number;
  /** How many of them each arm passed. */
  passed: { baseline: number; candidate: number };
}

/** Most groups that are told apart: their names come from a task's code. */
export const MOST_GROUPS = 100;

/** Counts cases by group. */
export class GroupCounter {
  readonly #groups = new Map<string, GroupSummary>();
  #dropped = 0;

  /** Cases of groups beyond {@linkcode MOST_GROUPS}. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds a case; one without a group counts nowhere. */
  add({ group, arms }: JudgedCase): void {
    if (group === undefined) return;
    const summary = this.#groupOf(group);
    if (summary === undefined) {
      this.#dropped++;
      return;
    }
    summary.cases++;
    if (arms.baseline.passed) summary.passed.baseline++;
    if (arms.candidate.passed) summary.passed.candidate++;
  }

  /** By name. */
  list(): GroupSummary[] {
    return [...this.#groups.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  #groupOf(name: string): GroupSummary | undefined {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    if (this.#groups.size >= MOST_GROUPS) return undefined;
    const group = { name, cases: 0, passed: { baseline: 0, candidate: 0 } };
    this.#groups.set(name, group);
    return group;
  }
}

import type { Artifact } from "../../sandbox/artifact.ts";
import type { Isolate } from "../../sandbox/isolate.ts";
import type { Outcome } from "../../sandbox/outcome.ts";
import type { Arm } from "./case_result.ts";
import type { TaskDescription } from "./task_description.ts";

/** Runs an isolate's call under the watchdog of the worker that the code is in. */
export type Guard = (call: () => Outcome) => Outcome;

/** The three isolates of a run: the arms' code never shares one with each other or the task. */
export type Guests = Record<"task" | Arm, Isolate>;

/** What every case of a run has in common. */
export interface CaseContext {
  guests: Guests;
  /** What the arms were loaded from: their source maps say where a failure comes from. */
  artifacts: Record<Arm, Artifact>;
  task: TaskDescription;
  /** Seed of the run. */
  seed: number;
  /** How often each case runs. */
  repetitions: number;
  guard: Guard;
}

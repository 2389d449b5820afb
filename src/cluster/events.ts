import type { CaseResult } from "../evaluate/case_result.ts";

/** What happens in a node, for metrics. */
export type NodeEvent =
  /** A batch came into the node's hands; `attempt` counts its deliveries before, from 0. */
  | { kind: "delivered"; capabilityClass: string; attempt: number }
  /** A job is done: `cases` holds what it came to where it was a batch of cases. */
  | {
    kind: "executed";
    capabilityClass: string;
    outcome: "ok" | "error" | "cancelled";
    /** Kind of the candidate's artifact: `javascript`, `core`, `component`. */
    guest: string;
    wallMs: number;
    cases: readonly CaseResult[];
  }
  /** A batch was given up and kept as a dead letter. */
  | { kind: "dead-lettered"; capabilityClass: string }
  /** What was delivered is no batch: it is dropped. */
  | { kind: "refused"; capabilityClass: string };

/** What happens in a controller, for metrics. */
export type ControllerEvent =
  /** A job was published; `epoch` above 0 where it was lost before. */
  | { kind: "dispatched"; capabilityClass: string; epoch: number }
  /** The first result of a job came, so many milliseconds after it was dispatched first. */
  | { kind: "completed"; capabilityClass: string; outcome: "ok" | "error"; wallMs: number }
  /** A result of a job was taken that an earlier controller of the run had asked for. */
  | { kind: "recovered"; capabilityClass: string; outcome: "ok" | "error" }
  /** Nodes gave a batch up: so many cases were not judged. */
  | { kind: "given-up"; capabilityClass: string; cases: number }
  /** A further result of a job that has one: it is dropped. */
  | { kind: "duplicate"; capabilityClass: string }
  /** A result that is not what it must be, or that its signature does not fit: it is dropped. */
  | { kind: "refused"; capabilityClass: string }
  /** A job was cancelled. */
  | { kind: "cancelled"; capabilityClass: string };

/** Hears what happens. It must not throw. */
export type Observer<Event> = (event: Event) => void;

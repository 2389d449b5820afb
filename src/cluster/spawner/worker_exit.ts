import type { ExitReason } from "../metrics/spawner_metrics.ts";

/** How a worker's process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: string | null;
  /** What it wrote to standard output last, as `node … stopped: idle for 30 s`. */
  lastLine: string;
  /** Whether we had told it to stop. */
  isTold: boolean;
}

/** Exit codes of a process that a signal ended, where a runtime does not say the signal. */
const OF_SIGNALS = 128;
const OF_SIGTERM = OF_SIGNALS + 15;

/** Why a worker ended, by how its process did. */
export function exitOf({ code, signal, lastLine, isTold }: ProcessEnd): ExitReason {
  const isTerminated = signal === "SIGTERM" || code === OF_SIGTERM;
  // It was told before it listened to signals: it held nothing.
  if (isTold && isTerminated) return "drained";
  if (signal !== null || (code ?? 0) > OF_SIGNALS) return "killed";
  if (code !== 0) return "crashed";
  const [, reason = ""] = / stopped: (idle|up) for /.exec(lastLine) ?? [];
  if (reason === "idle") return "idle";
  return reason === "up" ? "uptime" : "drained";
}

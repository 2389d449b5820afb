import { Counter, Gauge, type Registry } from "prom-client";

/** Why a worker of a spawner ended. */
export const EXIT_REASONS = ["drained", "idle", "uptime", "crashed", "killed"] as const;

/** One of {@linkcode EXIT_REASONS}. */
export type ExitReason = (typeof EXIT_REASONS)[number];

/** What a spawner tells its metrics. */
export interface SpawnerObserver {
  /** A worker ended. */
  onExit(reason: ExitReason): void;
  /** How many workers live, and how many there should be. */
  onCount(live: number, desired: number): void;
}

/** Registers what a spawner counts: see docs/metrics.md. */
export function spawnerMetrics(registry: Registry): SpawnerObserver {
  const registers = [registry];
  const exits = new Counter({
    name: "cupel_spawner_worker_exits_total",
    help: "Workers that ended, by why.",
    labelNames: ["reason"],
    registers,
  });
  // A counter that is there from the start shows its first step as one.
  for (const reason of EXIT_REASONS) exits.inc({ reason }, 0);
  const live = new Gauge({
    name: "cupel_spawner_workers_live",
    help: "Workers that live.",
    registers,
  });
  const desired = new Gauge({
    name: "cupel_spawner_workers_desired",
    help: "Workers that there should be.",
    registers,
  });
  return {
    onExit: (reason) => exits.inc({ reason }),
    onCount: (liveCount, desiredCount) => {
      live.set(liveCount);
      desired.set(desiredCount);
    },
  };
}

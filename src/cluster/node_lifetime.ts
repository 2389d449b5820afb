/** The signals that tell a node to stop. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** What a lifetime needs of a node: `ClusterNode` has it. */
export interface Mortal {
  /** Milliseconds since it last had a batch; 0 while it has one. */
  readonly idleMs: number;
  /** Takes no more batches; {@linkcode run} ends when those that it holds are done. */
  drain(): void;
  run(): Promise<void>;
}

/** When a node ends by itself; never where all is left out. */
export interface LifetimeLimits {
  /** Milliseconds without a batch after which it ends. */
  idleExitMs?: number | undefined;
  /** Milliseconds after its start at which it ends. */
  maxUptimeMs?: number | undefined;
}

/** Why a node ended. */
export type StopReason =
  | { kind: "told"; signal: StopSignal }
  | { kind: "idle"; ms: number }
  | { kind: "uptime"; ms: number }
  /** It did all the batches that it was there for. */
  | { kind: "done" };

/** Longest that a timer of JavaScript can wait. */
const MOST_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a node until the first of what ends it, and lets it finish what it holds.
 *
 * @param listen Hears of signals: gets what to call with each, gives what ends that. A second signal is for who
 * listens to deal with.
 * @returns What came first.
 */
export async function live(
  node: Mortal,
  { idleExitMs, maxUptimeMs }: LifetimeLimits,
  listen: (hear: (signal: StopSignal) => void) => () => void,
): Promise<StopReason> {
  let reason: StopReason | undefined;
  const end = (why: StopReason) => {
    reason ??= why;
    node.drain();
  };
  const stops = [listen((signal) => end({ kind: "told", signal }))];
  if (idleExitMs !== undefined) {
    const left = () => idleExitMs - node.idleMs;
    stops.push(whenNoneIsLeft(left, () => end({ kind: "idle", ms: idleExitMs })));
  }
  if (maxUptimeMs !== undefined) {
    const startedAt = performance.now();
    const left = () => maxUptimeMs - (performance.now() - startedAt);
    stops.push(whenNoneIsLeft(left, () => end({ kind: "uptime", ms: maxUptimeMs })));
  }
  try {
    await node.run();
  } finally {
    for (const stop of stops) stop();
  }
  return reason ?? { kind: "done" };
}

/** Looks again and again how many milliseconds are left, no sooner than needs be. */
function whenNoneIsLeft(left: () => number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const ms = left();
    if (ms <= 0) return act();
    timer = setTimeout(look, Math.min(Math.ceil(ms), MOST_TIMER_MS));
  };
  look();
  return () => clearTimeout(timer);
}

/**
 * A reason as the worker prints it.
 *
 * @example
 * ```ts
 * sayReason({ kind: "idle", ms: 30_000 }); // "idle for 30 s"
 * ```
 */
export function sayReason(reason: StopReason): string {
  switch (reason.kind) {
    case "told":
      return `told to (${reason.signal})`;
    case "idle":
      return `idle for ${sayDuration(reason.ms)}`;
    case "uptime":
      return `up for ${sayDuration(reason.ms)}`;
    case "done":
      return "did one batch";
  }
}

const UNITS: readonly [string, number][] = [["h", 3_600_000], ["min", 60_000], ["s", 1000]];

/** In the largest unit of which it is a whole number, so that it is what was asked for to the millisecond. */
function sayDuration(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => ms % length === 0) ?? ["ms", 1];
  return `${ms / length} ${unit}`;
}

import { type Control, isCallPhase, type Position } from "./control.ts";

/** How long our own code in a worker may take before the worker is taken for dead. */
export const HOST_ALLOWANCE_MS = 30_000;

/** How often the watchdog looks, as a part of the deadline, and within which bounds. */
const LOOKS_PER_DEADLINE = 10;
const SHORTEST_MS = 2;
const LONGEST_MS = 50;

/** Most looks' worth of time that one look counts: where it came late, everything may have stood still. */
const MOST_LOOKS = 2;

/**
 * Watches a worker from outside, by a monotonic clock, and gives it up where a call runs past the
 * deadline or our own code in it stands still.
 *
 * A call never has less than its deadline: the time counts from when the watchdog first saw the call,
 * and times when the watchdog itself got no turn, on a machine that is overloaded, hardly count.
 *
 * @param onExpired Called once with where the worker was when it was given up.
 * @returns A function that ends the watch.
 */
export function watch(
  control: Control,
  deadlineMs: number,
  onExpired: (position: Position) => void,
): () => void {
  let phase = control.phase;
  let spent = 0;
  let lookedAt = performance.now();
  const every = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, deadlineMs / LOOKS_PER_DEADLINE));
  const timer = setInterval(() => {
    const now = performance.now();
    spent += Math.min(now - lookedAt, MOST_LOOKS * every);
    lookedAt = now;
    if (control.phase !== phase) {
      phase = control.phase;
      spent = 0;
      return;
    }
    const limit = deadlineMs + (isCallPhase(phase) ? 0 : HOST_ALLOWANCE_MS);
    if (phase < 0 || spent <= limit) return;
    const position = control.retireIn(phase);
    if (position === undefined) return;
    clearInterval(timer);
    onExpired(position);
  }, every);
  return () => clearInterval(timer);
}

import { type Control, isCallPhase, type Position } from "./control.ts";

/** How long our own code in a worker may take before the worker is taken for dead. */
const HOST_ALLOWANCE_MS = 30_000;

/** How often the watchdog looks, as a part of the deadline, and within which bounds. */
const LOOKS_PER_DEADLINE = 10;
const SHORTEST_MS = 2;
const LONGEST_MS = 50;

/**
 * Watches a worker from outside, by a monotonic clock, and gives it up where a call runs past the
 * deadline or our own code in it stands still.
 *
 * A call never has less than its deadline: the time counts from when the watchdog first saw the call.
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
  let since = performance.now();
  const every = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, deadlineMs / LOOKS_PER_DEADLINE));
  const timer = setInterval(() => {
    const now = performance.now();
    if (control.phase !== phase) {
      phase = control.phase;
      since = now;
      return;
    }
    const limit = deadlineMs + (isCallPhase(phase) ? 0 : HOST_ALLOWANCE_MS);
    if (phase < 0 || now - since <= limit) return;
    const position = control.retireIn(phase);
    if (position === undefined) return;
    clearInterval(timer);
    onExpired(position);
  }, every);
  return () => clearInterval(timer);
}

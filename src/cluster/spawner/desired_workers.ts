/** Memory that a batch at a time is reckoned to take: a worker thread with three isolates. */
const SLOT_BYTES = 256 * 1024 * 1024;

/** What a machine has. */
export interface Machine {
  /** Threads that can run at the same time. */
  cores: number;
  /** Bytes of memory, used or not. */
  memoryBytes: number;
  /** Bytes of it that are free. */
  freeBytes: number;
}

/** What decides how many workers there should be. */
export interface Demand {
  /** Batches that wait or are in work, of those that the workers would take. */
  pending: number;
  /** Batches that a worker executes at a time. */
  concurrency: number;
  /** Workers that should be idle, for work that comes. */
  warm: number;
  /** Most workers. */
  max: number;
  /** Workers that run now; the free memory is without theirs. */
  running: number;
  machine: Machine;
}

/**
 * How many workers there should be: enough for all that is pending at once, and the warm ones; no more than are
 * allowed, and than the machine has cores and memory for. With memory for one at all, one may use more than
 * all cores: whoever set its concurrency wants it so.
 */
export function desiredWorkers(demand: Demand): number {
  const { pending, concurrency, warm, max, running, machine } = demand;
  const workerBytes = SLOT_BYTES * concurrency;
  return Math.min(
    Math.ceil(pending / concurrency) + warm,
    max,
    Math.max(1, Math.floor(machine.cores / concurrency)),
    Math.floor(machine.memoryBytes / workerBytes),
    running + Math.floor(machine.freeBytes / workerBytes),
  );
}

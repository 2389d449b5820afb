/** A range of case indices executed together: the unit of dispatch. */
export interface Batch {
  /** First index. */
  start: number;
  /** The index after the last one. */
  end: number;
}

const MOST_CASES = 256;
const BATCHES_PER_SLOT = 8;

/**
 * Cuts the indices 0 to n - 1 into batches, in order.
 *
 * Small enough that every slot gets several and none waits long for the last one, and bounded, so
 * that a batch's results fit in a message. Results do not depend on the cut.
 *
 * @param n Number of cases.
 * @param width Number of batches that are executed at a time.
 * @param endOf The end of the batch that begins at an index, where somebody knows better.
 */
export function* planBatches(
  n: number,
  width: number,
  endOf: (start: number) => number | undefined = () => undefined,
): Generator<Batch> {
  const wanted = Math.ceil(n / (Math.max(1, width) * BATCHES_PER_SLOT));
  const size = Math.min(MOST_CASES, Math.max(1, wanted));
  for (let start = 0; start < n;) {
    const end = Math.min(n, endOf(start) ?? start + size);
    yield { start, end };
    start = end;
  }
}

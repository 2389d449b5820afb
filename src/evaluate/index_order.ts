/**
 * Starts work for each item ahead of time and gives the results in the items' order, whatever order
 * they come in.
 *
 * At most `ahead()` items are started and not yet given out. Where one fails, or the consumer stops,
 * nothing more is started; what was started is left to end by itself, its results dropped.
 *
 * @throws What the first failing item in order threw.
 */
export async function* inIndexOrder<Item, Result>(
  items: Iterable<Item>,
  start: (item: Item) => Promise<Result>,
  ahead: () => number,
): AsyncGenerator<Result, void, void> {
  const waiting: Promise<Result>[] = [];
  for (const item of items) {
    const result = start(item);
    // Whoever awaits it sees the error; one that nobody awaits any more must not end the process.
    result.catch(() => {});
    waiting.push(result);
    const [first] = waiting;
    if (first === undefined || waiting.length < ahead()) continue;
    waiting.shift();
    yield await first;
  }
  for (const result of waiting) yield await result;
}

/**
 * Waits for work, but not for longer than so many milliseconds.
 *
 * @param work Gets a signal that is aborted as soon as nobody waits any more.
 * @throws What the work throws, or that it took too long.
 */
export async function withinTime<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  ms: number,
): Promise<Result> {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  const working = work(ending.signal);
  // What fails when nobody waits any more must not end the process.
  working.catch(() => {});
  try {
    return await Promise.race([working, tooLate]);
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

/** Merge sort, from the bottom up: the same answers in n log n steps. */
export function sort(values: number[]): number[] {
  let from = [...values];
  let to = [...values];
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      merge(from, to, start, width);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Puts two sorted stretches of `from`, which follow each other, in order into `to`. */
function merge(from: number[], to: number[], start: number, width: number): void {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(middle + width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const isLeft = left < middle &&
      (right === end || (from[left] as number) <= (from[right] as number));
    to[at] = from[isLeft ? left++ : right++] as number;
  }
}

/** Keeps the k largest elements seen so far in a binary heap with the smallest of them on top. */
export function topK(values: number[], k: number): number[] {
  const heap: number[] = [];
  for (const value of values) {
    if (heap.length < k) {
      heap.push(value);
      siftUp(heap);
    } else if (k > 0 && value > at(heap, 0)) {
      heap[0] = value;
      siftDown(heap);
    }
  }
  return heap.sort((left, right) => right - left);
}

/** Moves the last element up to its place. */
function siftUp(heap: number[]): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (at(heap, parent) <= at(heap, child)) return;
    swap(heap, parent, child);
    child = parent;
  }
}

/** Moves the first element down to its place. */
function siftDown(heap: number[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    let least = parent;
    if (left < heap.length && at(heap, left) < at(heap, least)) least = left;
    if (right < heap.length && at(heap, right) < at(heap, least)) least = right;
    if (least === parent) return;
    swap(heap, parent, least);
    parent = least;
  }
}

function swap(heap: number[], one: number, other: number): void {
  const value = at(heap, one);
  heap[one] = at(heap, other);
  heap[other] = value;
}

/** The element at an index that is known to be within the heap. */
function at(heap: number[], index: number): number {
  return heap[index] as number;
}

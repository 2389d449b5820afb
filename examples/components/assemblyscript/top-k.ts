/** Inserts each element into the list of the k largest so far, which stays in descending order. */

/** Where the list that `topK` gives is written: the address of its elements, and their number. */
const RESULT = memory.data(8, 4);

/** Blocks that the host asked for and nobody has taken yet: kept alive for as long. */
const blocks: ArrayBuffer[] = [];

/** `top-k` in the WIT: AssemblyScript allows no dashes, `cupel componentize` puts them in. */
export function topK(values: usize, length: u32, k: u32): usize {
  const top = new StaticArray<i32>(<i32> min(k, length));
  let taken = 0;
  for (let at: u32 = 0; at < length; at++) {
    const value = load<i32>(values + (<usize> at << 2));
    let place = taken < top.length ? taken++ : taken;
    for (; place > 0 && top[place - 1] < value; place--) {
      if (place < top.length) top[place] = top[place - 1];
    }
    if (place < top.length) top[place] = value;
  }
  kept = top;
  store<usize>(RESULT, changetype<usize>(top));
  store<u32>(RESULT, taken, sizeof<usize>());
  return RESULT;
}

/** The result, until the host has copied it. */
let kept: StaticArray<i32> | null = null;

/** Called once the host has copied the result. */
export function cabi_post_topK(_result: usize): void {
  kept = null;
  blocks.length = 0;
}

/** The host asks for memory here, to put arguments into. */
export function cabi_realloc(old: usize, oldSize: usize, _align: usize, newSize: usize): usize {
  const block = new ArrayBuffer(<i32> newSize);
  blocks.push(block);
  memory.copy(changetype<usize>(block), old, min(oldSize, newSize));
  return changetype<usize>(block);
}

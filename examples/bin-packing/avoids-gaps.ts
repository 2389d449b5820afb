const CAPACITY = 100;

/** A gap of up to this much is as good as none. */
const SMALL_GAP = 8;

/** Hardly an item is smaller than this: a gap below it stays empty. */
const USEFUL_GAP = 30;

/**
 * Best fit that looks ahead: a bin that the item fills up comes first, then the fullest one that keeps
 * room for another item, and last those in which a gap would be left that is of no use.
 */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  return items.map((item) => {
    let best = room.length;
    let least = Infinity;
    for (let bin = 0; bin < room.length; bin++) {
      const gap = (room[bin] as number) - item;
      if (gap < 0 || regret(gap) >= least) continue;
      best = bin;
      least = regret(gap);
    }
    room[best] = (room[best] ?? CAPACITY) - item;
    return best;
  });
}

/** How bad it is to leave a gap of this size. */
function regret(gap: number): number {
  if (gap <= SMALL_GAP) return gap;
  return gap < USEFUL_GAP ? 2 * CAPACITY - gap : gap;
}

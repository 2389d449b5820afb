const CAPACITY = 100;

/** Wrong: packs the largest items first, as if all of them were known from the start. */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  const bins: number[] = [];
  const bySize = [...items.keys()]
    .sort((one, other) => (items[other] as number) - (items[one] as number));
  for (const at of bySize) {
    const item = items[at] as number;
    const found = room.findIndex((free) => free >= item);
    const bin = found < 0 ? room.length : found;
    room[bin] = (room[bin] ?? CAPACITY) - item;
    bins[at] = bin;
  }
  return inTurn(bins);
}

/** Numbers the bins in the order in which the items meet them. */
function inTurn(bins: number[]): number[] {
  const numbers = new Map<number, number>();
  return bins.map((bin) => {
    const number = numbers.get(bin) ?? numbers.size;
    numbers.set(bin, number);
    return number;
  });
}

const CAPACITY = 100;

/** Wrong: reckons that what is too large by 1 can be squeezed in. */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  return items.map((item) => {
    const found = room.findIndex((free) => free >= item - 1);
    const bin = found < 0 ? room.length : found;
    room[bin] = (room[bin] ?? CAPACITY) - item;
    return bin;
  });
}

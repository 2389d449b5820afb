const CAPACITY = 100;

/** Valid, but worse: first fit takes the first bin that has room. */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  return items.map((item) => {
    const found = room.findIndex((free) => free >= item);
    const bin = found < 0 ? room.length : found;
    room[bin] = (room[bin] ?? CAPACITY) - item;
    return bin;
  });
}

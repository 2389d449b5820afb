const CAPACITY = 100;

/** Best fit: each item goes into the fullest bin that has room for it. Gives the bin of each item. */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  return items.map((item) => {
    const bin = fullestWithRoom(room, item);
    room[bin] = (room[bin] ?? CAPACITY) - item;
    return bin;
  });
}

/** The bin with the least room that is enough; a new one where there is none. */
function fullestWithRoom(room: number[], item: number): number {
  const least = Math.min(...room.filter((free) => free >= item));
  return least === Infinity ? room.length : room.indexOf(least);
}

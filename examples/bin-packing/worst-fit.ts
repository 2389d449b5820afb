const CAPACITY = 100;

/** Wrong: worst fit takes the emptiest bin, and wastes more than the task allows. */
export function pack(items: number[]): number[] {
  const room: number[] = [];
  return items.map((item) => {
    const most = Math.max(...room);
    const bin = most >= item ? room.indexOf(most) : room.length;
    room[bin] = (room[bin] ?? CAPACITY) - item;
    return bin;
  });
}

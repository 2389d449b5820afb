/** Marsaglia's xorshift on 32 bits, in `[0, 1)`: enough for a simulation, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** About a standard normal draw: twelve uniform ones, less six. */
export function nearlyNormal(random: () => number): number {
  let total = -6;
  for (let draw = 0; draw < 12; draw++) total += random();
  return total;
}

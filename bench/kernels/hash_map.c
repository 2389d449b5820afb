/* Open addressing: products and probes. */
#include "kernel.h"

enum { BITS = 16, SLOTS = 1 << BITS, KEYS = SLOTS / 2 };

static u32 keys[SLOTS], counts[SLOTS];

static u32 slot_of(u32 key) {
  u32 slot = key * 2654435769u >> (32 - BITS);
  while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}

EXPORT("run")
s32 run(s32 n) {
  for (s32 at = 0; at < SLOTS; at++) keys[at] = counts[at] = 0;
  u32 random = 1, most = 0;
  for (s32 turn = 0; turn < n; turn++) {
    u32 key = (next_random(&random) & (KEYS - 1)) + 1;
    u32 slot = slot_of(key);
    keys[slot] = key;
    if (++counts[slot] > most) most = counts[slot];
  }
  return (s32)most;
}

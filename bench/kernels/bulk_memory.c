/* memory.fill and memory.copy, from some bytes to 64 KiB at once. */
#include "kernel.h"

enum { LENGTH = 1 << 16 };

static u8 from[LENGTH], to[LENGTH];

EXPORT("run")
s32 run(s32 n) {
  u32 random = 1, sum = 0;
  for (s32 turn = 0; turn < n; turn++) {
    u32 value = next_random(&random);
    u32 length = (value >> 8) >> (value & 15);
    length &= LENGTH - 1;
    __builtin_memset(from, (s32)(value & 255), length);
    __builtin_memcpy(to, from, length);
    sum += to[length / 2];
  }
  return (s32)sum;
}

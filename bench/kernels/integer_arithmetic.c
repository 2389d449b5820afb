/* Products, rotations and sums, each of which waits for the one before. */
#include "kernel.h"

EXPORT("run")
s32 run(s32 n) {
  u32 a = 0x9e3779b9, b = 0x85ebca6b, c = 0xc2b2ae35;
  for (s32 turn = 0; turn < n; turn++) {
    a = (a ^ (u32)turn) * 0x01000193;
    b = (b << 7 | b >> 25) + a;
    c ^= (b >> 3) + (c << 2) - (u32)turn;
  }
  return (s32)(a ^ b ^ c);
}

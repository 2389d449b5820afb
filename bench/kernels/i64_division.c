/* Quotients and remainders of 64 bits. */
#include "kernel.h"

EXPORT("run")
s32 run(s32 n) {
  u64 state = 88172645463325252u, sum = 0;
  for (s32 turn = 0; turn < n; turn++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    u64 divisor = (state >> 40) + 3;
    sum += state / divisor + sum % divisor;
  }
  return (s32)(sum ^ sum >> 32);
}

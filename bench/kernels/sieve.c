/* Counts primes: strides through memory, bytes written. */
#include "kernel.h"

enum { MOST = 1 << 20 };

static u8 is_composite[MOST];

EXPORT("run")
s32 run(s32 n) {
  if (n > MOST) n = MOST;
  for (s32 at = 0; at < n; at++) is_composite[at] = 0;
  s32 primes = 0;
  for (s32 number = 2; number < n; number++) {
    if (is_composite[number]) continue;
    primes++;
    for (s64 multiple = (s64)number * number; multiple < n; multiple += number) is_composite[multiple] = 1;
  }
  return primes;
}

/* Calls by way of a table, to targets that nobody can foresee. */
#include "kernel.h"

typedef u32 operation(u32, u32);

static u32 add(u32 a, u32 b) { return a + b; }
static u32 subtract(u32 a, u32 b) { return a - b; }
static u32 mix(u32 a, u32 b) { return a ^ (b << 1); }
static u32 turn_left(u32 a, u32 b) { return (a << 5 | a >> 27) ^ b; }

static operation *const volatile operations[] = {add, subtract, mix, turn_left};

EXPORT("run")
s32 run(s32 n) {
  u32 random = 1, sum = 0;
  for (s32 turn = 0; turn < n; turn++) {
    u32 value = next_random(&random);
    sum = operations[value >> 7 & 3](sum, value);
  }
  return (s32)sum;
}

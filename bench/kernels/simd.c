/* Four numbers at once: a weighted sum of floats and the greatest differences of integers, over and over. */
#include "kernel.h"

enum { VECTORS = 256 };

typedef float floats __attribute__((vector_size(16)));
typedef s32 integers __attribute__((vector_size(16)));

static floats one[VECTORS], other[VECTORS];
static integers greatest[VECTORS];

/* For the whole module, as the target has it for all functions or for none. */
#define WITH_VECTORS __attribute__((target("simd128")))

static WITH_VECTORS void fill(void) {
  u32 random = 1;
  for (s32 at = 0; at < VECTORS; at++) {
    for (s32 lane = 0; lane < 4; lane++) {
      one[at][lane] = (float)(next_random(&random) >> 20);
      other[at][lane] = (float)(next_random(&random) >> 20);
      greatest[at][lane] = 0;
    }
  }
}

EXPORT("run")
WITH_VECTORS s32 run(s32 n) {
  fill();
  for (s32 turn = 0; turn < n; turn++) {
    floats weight = {0.5f, 0.25f, 0.125f, (float)(turn & 7)};
    for (s32 at = 0; at < VECTORS; at++) {
      floats sum = one[at] * weight + other[at];
      integers difference = __builtin_convertvector(sum, integers) - greatest[at];
      integers is_more = difference > 0;
      greatest[at] += difference & is_more;
      other[at] = other[at] * 0.75f + weight;
    }
  }
  integers checksum = {0};
  for (s32 at = 0; at < VECTORS; at++) checksum = checksum * 31 + greatest[at];
  return checksum[0] ^ checksum[1] ^ checksum[2] ^ checksum[3];
}

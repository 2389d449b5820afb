/* SHA-256 (FIPS 180-4) of n blocks, its constants worked out. */
#include "kernel.h"

static u32 constants[64];

/* The first 32 bits of the fraction of a cube root. */
static u32 fraction_of_cube_root(u32 number) {
  double root = 1;
  for (s32 step = 0; step < 60; step++) root -= (root * root * root - number) / (3 * root * root);
  return (u32)((root - (u32)root) * 4294967296.0);
}

static void work_out_constants(void) {
  u32 number = 2;
  for (s32 at = 0; at < 64; number++) {
    u32 divisor = 2;
    while (number % divisor != 0) divisor++;
    if (divisor == number) constants[at++] = fraction_of_cube_root(number);
  }
}

static inline u32 turned(u32 value, u32 by) { return value >> by | value << (32 - by); }

static void hash_block(u32 *state, u32 *words) {
  for (s32 at = 16; at < 64; at++) {
    u32 one = words[at - 15], two = words[at - 2];
    one = turned(one, 7) ^ turned(one, 18) ^ one >> 3;
    two = turned(two, 17) ^ turned(two, 19) ^ two >> 10;
    words[at] = words[at - 16] + one + words[at - 7] + two;
  }
  u32 a = state[0], b = state[1], c = state[2], d = state[3];
  u32 e = state[4], f = state[5], g = state[6], h = state[7];
  for (s32 at = 0; at < 64; at++) {
    u32 one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + constants[at] +
              words[at];
    u32 two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + one;
    d = c, c = b, b = a, a = one + two;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

EXPORT("run")
s32 run(s32 n) {
  static u32 words[64];
  u32 state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  work_out_constants();
  for (s32 block = 0; block < n; block++) {
    for (s32 at = 0; at < 16; at++) words[at] = (u32)(block * 16 + at);
    hash_block(state, words);
  }
  return (s32)state[0];
}

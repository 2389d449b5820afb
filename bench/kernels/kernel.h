/* What the kernels share. Each exports `run`, whose n says how much work to do; it gives a checksum. */
#ifndef KERNEL_H
#define KERNEL_H

typedef int s32;
typedef unsigned u32;
typedef long long s64;
typedef unsigned long long u64;
typedef unsigned char u8;

#define EXPORT(name) __attribute__((export_name(name)))
#define NOT_INLINED __attribute__((noinline))

/* Marsaglia's xorshift: the same numbers in every kernel, and in its twin in JavaScript. */
static inline u32 next_random(u32 *state) {
  u32 value = *state;
  value ^= value << 13;
  value ^= value >> 17;
  value ^= value << 5;
  return *state = value;
}

#endif

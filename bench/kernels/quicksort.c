/* Comparisons that cannot be foreseen, and swaps. */
#include "kernel.h"

enum { MOST = 1 << 18 };

static u32 values[MOST];

static void sort(s32 from, s32 to) {
  while (from < to) {
    u32 pivot = values[(from + to) >> 1];
    s32 low = from, high = to;
    while (low <= high) {
      while (values[low] < pivot) low++;
      while (values[high] > pivot) high--;
      if (low > high) break;
      u32 value = values[low];
      values[low++] = values[high];
      values[high--] = value;
    }
    sort(from, high);
    from = low;
  }
}

EXPORT("run")
s32 run(s32 n) {
  if (n > MOST) n = MOST;
  u32 random = 1;
  for (s32 at = 0; at < n; at++) values[at] = next_random(&random);
  sort(0, n - 1);
  u32 sum = 0;
  for (s32 at = 0; at < n; at++) sum = sum * 31 + values[at];
  return (s32)sum;
}

/* WRONG: an element that occurs twice counts once. Takes the largest that is below the last one taken. */
#include "component.h"

EXPORT("top-k")
struct list *top_k(const s32 *values, u32 length, u32 k) {
  s32 *top = allocate(4, (k < length ? k : length) * sizeof(s32));
  u32 taken = 0;
  for (; taken < k; taken++) {
    const s32 *best = 0;
    for (u32 at = 0; at < length; at++) {
      int is_below = taken == 0 || values[at] < top[taken - 1];
      if (is_below && (best == 0 || values[at] > *best)) best = &values[at];
    }
    if (best == 0) break;
    top[taken] = *best;
  }

  static struct list result;
  result = (struct list){top, taken};
  return &result;
}

/* Called once the host has copied the result. */
EXPORT("cabi_post_top-k")
void after_top_k(struct list *result) {
  (void)result;
  free_all();
}

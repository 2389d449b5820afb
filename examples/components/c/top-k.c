/* Keeps the k largest elements seen so far in a heap with the smallest of them on top. */
#include "component.h"

static void swap(s32 *one, s32 *other) {
  s32 value = *one;
  *one = *other;
  *other = value;
}

/* Moves an element down to its place in a heap. */
static void sift_down(s32 *heap, u32 length, u32 parent) {
  for (;;) {
    u32 least = parent;
    for (u32 child = 2 * parent + 1; child <= 2 * parent + 2; child++) {
      if (child < length && heap[child] < heap[least]) least = child;
    }
    if (least == parent) return;
    swap(&heap[parent], &heap[least]);
    parent = least;
  }
}

/* Takes the smallest element to the end, then the next one before it: the order is descending. */
static void sort_heap(s32 *heap, u32 length) {
  while (length > 1) {
    length--;
    swap(&heap[0], &heap[length]);
    sift_down(heap, length, 0);
  }
}

/* The result is a list, which does not fit into a number: its address is given instead. */
EXPORT("top-k")
struct list *top_k(const s32 *values, u32 length, u32 k) {
  u32 size = k < length ? k : length;
  s32 *heap = allocate(4, size * sizeof(s32));
  for (u32 at = 0; at < size; at++) heap[at] = values[at];
  for (u32 parent = size / 2; parent > 0; parent--) sift_down(heap, size, parent - 1);
  for (u32 at = size; size > 0 && at < length; at++) {
    if (values[at] <= heap[0]) continue;
    heap[0] = values[at];
    sift_down(heap, size, 0);
  }
  sort_heap(heap, size);

  static struct list result;
  result = (struct list){heap, size};
  return &result;
}

/* Called once the host has copied the result. */
EXPORT("cabi_post_top-k")
void after_top_k(struct list *result) {
  (void)result;
  free_all();
}

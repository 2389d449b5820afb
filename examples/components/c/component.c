/* An allocator that only goes up; all of its memory is given back at once, after each call. */
#include "component.h"

enum { PAGE = 65536 };

extern char __heap_base;

static u32 next;

void free_all(void) { next = (u32)&__heap_base; }

void *allocate(u32 align, u32 size) {
  if (next == 0) free_all();
  u32 start = (next + align - 1) & -align;
  u32 end = start + size;
  if (start < next || end < start) __builtin_trap();
  u32 pages = __builtin_wasm_memory_size(0);
  if (end > pages * PAGE) {
    u32 missing = (end - pages * PAGE + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, missing) == (u32)-1) __builtin_trap();
  }
  next = end;
  return (void *)start;
}

/* The host asks for memory here, to put arguments into. What was there before is moved. */
EXPORT("cabi_realloc")
void *cabi_realloc(char *old, u32 old_size, u32 align, u32 new_size) {
  char *moved = allocate(align, new_size);
  u32 kept = old_size < new_size ? old_size : new_size;
  for (u32 at = 0; at < kept; at++) moved[at] = old[at];
  return moved;
}

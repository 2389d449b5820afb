/* What a component in C needs and no library gives here: memory, by the canonical ABI. */
#ifndef COMPONENT_H
#define COMPONENT_H

typedef int s32;
typedef unsigned u32;
_Static_assert(sizeof(void *) == 4, "compile with --target=wasm32");

/* Exports a function under a name that need not be one of C's. */
#define EXPORT(name) __attribute__((export_name(name)))

/* How a list lies in memory: where its elements are, and how many. */
struct list {
  s32 *elements;
  u32 length;
};

/* Memory for `size` bytes. */
void *allocate(u32 align, u32 size);

/* Gives back all memory that was allocated. */
void free_all(void);

#endif

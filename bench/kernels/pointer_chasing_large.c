/* A list of 32 MiB, each element in a line of the cache for itself: most addresses wait for memory. */
#include "kernel.h"

enum { NODES = 1 << 19 };

struct node {
  struct node *next;
  u32 value;
  u8 rest[56];
};

static struct node nodes[NODES];

/* A generator of the full period visits every node, in an order that no processor foresees. */
static u32 after(u32 at) { return (at * 1664525 + 1013904223) % NODES; }

EXPORT("run")
s32 run(s32 n) {
  for (u32 at = 0; at < NODES; at++) {
    nodes[at].next = &nodes[after(at)];
    nodes[at].value = at;
  }
  u32 sum = 0;
  struct node *node = nodes;
  for (s32 step = 0; step < n; step++) {
    sum += node->value;
    node = node->next;
  }
  return (s32)sum;
}

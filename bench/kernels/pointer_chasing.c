/* A list whose elements lie all over memory: each address waits for the one before. */
#include "kernel.h"

enum { NODES = 1 << 16 };

struct node {
  struct node *next;
  u32 value;
};

static struct node nodes[NODES];
static u32 order[NODES];

static void link_all(void) {
  u32 random = 1;
  for (u32 at = 0; at < NODES; at++) order[at] = at;
  for (u32 at = NODES - 1; at > 0; at--) {
    u32 other = next_random(&random) % (at + 1), value = order[at];
    order[at] = order[other];
    order[other] = value;
  }
  for (u32 at = 0; at < NODES; at++) {
    nodes[order[at]] = (struct node){&nodes[order[(at + 1) % NODES]], at};
  }
}

EXPORT("run")
s32 run(s32 n) {
  link_all();
  u32 sum = 0;
  struct node *node = nodes;
  for (s32 step = 0; step < n; step++) {
    sum += node->value;
    node = node->next;
  }
  return (s32)sum;
}

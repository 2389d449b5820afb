/* A loop over the instructions of a small machine: a table of branches. */
#include "kernel.h"

enum { PUSH, ADD, MULTIPLY, SWAP, COPY, STORE, LOAD, DECREMENT, JUMP_IF, HALT };

/* Cell 0 counts down; cell 1 becomes 3 * cell 1 + cell 0 in each turn. */
static const u8 program[] = {
    PUSH, 1, LOAD, PUSH, 3, MULTIPLY, PUSH, 0, LOAD, ADD, PUSH, 1, SWAP, STORE,
    PUSH, 0, PUSH, 0, LOAD, DECREMENT, COPY, PUSH, 0, SWAP, STORE, SWAP, ADD, JUMP_IF, 0, HALT,
};

static u32 stack[16], cells[2];

EXPORT("run")
s32 run(s32 n) {
  u32 *top = stack;
  cells[0] = (u32)n;
  cells[1] = 1;
  for (u32 at = 0;;) {
    switch (program[at++]) {
      case PUSH: *++top = program[at++]; break;
      case ADD: top--, top[0] += top[1]; break;
      case MULTIPLY: top--, top[0] *= top[1]; break;
      case SWAP: { u32 value = top[0]; top[0] = top[-1], top[-1] = value; break; }
      case COPY: top[1] = top[0], top++; break;
      case STORE: cells[top[-1] & 1] = top[0], top -= 2; break;
      case LOAD: top[0] = cells[top[0] & 1]; break;
      case DECREMENT: top[0]--; break;
      case JUMP_IF: at = *top-- != 0 ? program[at] : at + 1; break;
      default: return (s32)cells[1];
    }
  }
}

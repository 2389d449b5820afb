/* Calls, and hardly anything else. */
#include "kernel.h"

static NOT_INLINED s32 fib(s32 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

EXPORT("run")
s32 run(s32 n) { return fib(n); }

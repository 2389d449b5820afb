/* Five bodies that attract each other: products, quotients and roots of doubles. */
#include "kernel.h"

enum { BODIES = 5 };

struct body {
  double place[3], speed[3], mass;
};

static struct body bodies[BODIES];

static void start(void) {
  u32 random = 1;
  for (s32 at = 0; at < BODIES; at++) {
    for (s32 axis = 0; axis < 3; axis++) {
      bodies[at].place[axis] = next_random(&random) / 4294967296.0 * 30;
      bodies[at].speed[axis] = next_random(&random) / 4294967296.0 - 0.5;
    }
    bodies[at].mass = at == 0 ? 40 : 0.01;
  }
}

static void attract(struct body *one, struct body *other, double time) {
  double apart[3], square = 1e-3;
  for (s32 axis = 0; axis < 3; axis++) {
    apart[axis] = one->place[axis] - other->place[axis];
    square += apart[axis] * apart[axis];
  }
  double strength = time / (square * __builtin_sqrt(square));
  for (s32 axis = 0; axis < 3; axis++) {
    one->speed[axis] -= apart[axis] * other->mass * strength;
    other->speed[axis] += apart[axis] * one->mass * strength;
  }
}

EXPORT("run")
s32 run(s32 n) {
  start();
  for (s32 step = 0; step < n; step++) {
    for (s32 one = 0; one < BODIES; one++) {
      for (s32 other = one + 1; other < BODIES; other++) attract(&bodies[one], &bodies[other], 0.01);
    }
    for (s32 at = 0; at < BODIES; at++) {
      for (s32 axis = 0; axis < 3; axis++) bodies[at].place[axis] += bodies[at].speed[axis] * 0.01;
    }
  }
  return (s32)(bodies[1].speed[0] * 1e6);
}

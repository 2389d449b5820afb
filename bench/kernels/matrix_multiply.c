/* The product of two matrices of doubles, n times. */
#include "kernel.h"

enum { SIZE = 96 };

static double left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE];

EXPORT("run")
s32 run(s32 n) {
  for (s32 row = 0; row < SIZE; row++) {
    for (s32 column = 0; column < SIZE; column++) {
      left[row][column] = row + column;
      right[row][column] = row - column;
    }
  }
  double trace = 0;
  for (s32 turn = 0; turn < n; turn++) {
    for (s32 row = 0; row < SIZE; row++) {
      for (s32 column = 0; column < SIZE; column++) {
        double sum = turn;
        for (s32 at = 0; at < SIZE; at++) sum += left[row][at] * right[at][column];
        product[row][column] = sum;
      }
    }
    trace += product[turn % SIZE][turn % SIZE];
  }
  return (s32)trace;
}

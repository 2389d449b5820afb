/* A core module without WIT: numbers go in, and a number comes out. */
#include "component.h"

EXPORT("gcd") u32 gcd(u32 a, u32 b) {
  while (b != 0) {
    u32 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

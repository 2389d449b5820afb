import stdlibExp from "@stdlib/math-base-special-exp";
import stdlibExpm1 from "@stdlib/math-base-special-expm1";
import stdlibLn from "@stdlib/math-base-special-ln";
import stdlibLog1p from "@stdlib/math-base-special-log1p";

// Software implementations (FDLIBM's): `Math.exp` and `Math.log` differ by engine in the last digit.

/** The natural logarithm; `-Infinity` of 0, `NaN` of what is negative. */
export function ln(x: number): number {
  return stdlibLn(x);
}

/** The exponential function. */
export function exp(x: number): number {
  return stdlibExp(x);
}

/** `ln(1 + x)`, exact to the last digits for small `x` too. */
export function log1p(x: number): number {
  return stdlibLog1p(x);
}

/** `exp(x) - 1`, exact to the last digits for small `x` too. */
export function expm1(x: number): number {
  return stdlibExpm1(x);
}

import * as stdlib from "./stdlib.generated.js";

// Software implementations (FDLIBM's): `Math.exp` and `Math.log` differ by engine in the last digit.

/** The natural logarithm; `-Infinity` of 0, `NaN` of what is negative. */
export function ln(x: number): number {
  return stdlib.ln(x);
}

/** The exponential function. */
export function exp(x: number): number {
  return stdlib.exp(x);
}

/** `ln(1 + x)`, exact to the last digits for small `x` too. */
export function log1p(x: number): number {
  return stdlib.log1p(x);
}

/** `exp(x) - 1`, exact to the last digits for small `x` too. */
export function expm1(x: number): number {
  return stdlib.expm1(x);
}

import { describe, expect, test } from "vitest";
import { betaCdf, betaQuantile } from "../../../src/stats/special/beta.ts";
import { binomialCdf, fairBinomialPmf } from "../../../src/stats/special/binomial.ts";
import { logGamma } from "../../../src/stats/special/gamma.ts";
import { exp, expm1, ln, log1p } from "../../../src/stats/special/log_exp.ts";
import { normalCdf, normalQuantile, zOf } from "../../../src/stats/special/normal.ts";
import { studentCdf, studentQuantile } from "../../../src/stats/special/student.ts";

/** Equal to 13 digits, in proportion. */
function expectDigits(found: number, expected: number, digits = 13): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(10 ** -digits);
}

describe("special functions", () => {
  test("agree with mathematical constants", () => {
    expectDigits(exp(1), Math.E, 15);
    expectDigits(ln(10), 2.302585092994046, 15);
    expectDigits(log1p(1e-10), 9.9999999995e-11, 15);
    expectDigits(expm1(1e-10), 1.00000000005e-10, 15);
    expectDigits(exp(logGamma(0.5)), Math.sqrt(Math.PI), 14);
    expectDigits(logGamma(171), 706.573062245787471, 14);
  });

  // Abramowitz and Stegun (1964), table 26.1 (15 digits) and table 26.10; R's qnorm.
  test("agree with the published normal tables", () => {
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(2)).toBeCloseTo(0.977249868051821, 14);
    expectDigits(normalCdf(-10), 7.61985302416053e-24, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.995)).toBeCloseTo(2.575829303548901, 13);
    expect(zOf(0.95)).toBe(1.959963984540054);
    expect(zOf(0.9)).toBeCloseTo(1.6448536269514722, 13);
    expect(() => zOf(95)).toThrow(/confidence/);
  });

  test("agree with closed forms of the beta and Student's distribution", () => {
    for (const x of [0.001, 0.2, 0.5, 0.8]) {
      expectDigits(betaCdf(x, 0.5, 0.5), 2 / Math.PI * Math.asin(Math.sqrt(x)));
      expectDigits(betaCdf(x, 3, 1), x * x * x);
      expectDigits(betaQuantile(betaCdf(x, 2.5, 7.5), 2.5, 7.5), x, 10);
    }
    expectDigits(studentCdf(-1, 1), 0.25);
    expectDigits(studentQuantile(0.975, 1), 12.706204736432095, 10);
    expectDigits(studentQuantile(0.975, 2), 4.302652729911275, 10);
    expectDigits(studentQuantile(0.975, 17.776), 2.1028, 4);
  });

  test("agree with binomial sums", () => {
    expect(binomialCdf(1, 8, 0.5)).toBeCloseTo(9 / 256, 15);
    expect(binomialCdf(3, 10, 0.2)).toBeCloseTo(0.8791261184, 13);
    expect(binomialCdf(-1, 8, 0.5)).toBe(0);
    expect(binomialCdf(8, 8, 0.5)).toBe(1);
    expect(binomialCdf(0, 0, 0.5)).toBe(1);
    expect(binomialCdf(2, 8, 0)).toBe(1);
    expect(binomialCdf(2, 8, 1)).toBe(0);
    expectDigits(fairBinomialPmf(3, 8), 56 / 256);
    expectDigits(fairBinomialPmf(0, 0), 1);
  });
});

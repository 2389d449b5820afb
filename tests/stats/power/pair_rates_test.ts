import { expect, test } from "vitest";
import { assertPower, assertRates } from "../../../src/stats/power/pair_rates.ts";

test("rates and powers that can be are accepted", () => {
  assertRates({ regress: 0, improve: 0 });
  assertRates({ regress: 0.7, improve: 0.3 });
  assertPower(0.9);
});

test.each([
  [{ regress: -0.1, improve: 0 }, "Cannot use regress as it must be between 0 and 1"],
  [{ regress: 0, improve: NaN }, "Cannot use improve as it must be between 0 and 1"],
  [{ regress: 0.6, improve: 0.5 }, "must be at most 1 together: current value is 1.1"],
])("rates %o are refused", (rates, reason) => {
  expect(() => assertRates(rates)).toThrow(reason);
});

test.each([0, 1, 90, NaN])("a power of %f is refused", (power) => {
  expect(() => assertPower(power)).toThrow("Cannot use power as it must be between 0 and 1");
});

import { expect, test } from "vitest";
import {
  adoptionProbability,
  type TableRule,
} from "../../../src/stats/power/adoption_probability.ts";
import { minimumDetectableEffect } from "../../../src/stats/power/minimum_detectable_effect.ts";
import { tangoInterval } from "../../../src/stats/tango.ts";

const notWorse: TableRule = (table) => tangoInterval(table).low > -0.01;
const better: TableRule = (table) => tangoInterval(table).low > 0;

test("the detectable difference has the power, and a smaller one has not", () => {
  const request = { n: 2000, power: 0.9, discordance: 0.05, adopts: notWorse };
  const found = minimumDetectableEffect(request);
  const powerAt = (difference: number) =>
    adoptionProbability({
      n: 2000,
      regress: (0.05 - difference) / 2,
      improve: (0.05 + difference) / 2,
      adopts: notWorse,
    }).probability;
  const { difference = NaN, power } = found ?? {};
  expect(power).toBeCloseTo(0.9, 4);
  expect(powerAt(difference)).toBeGreaterThanOrEqual(0.9);
  expect(powerAt(difference - 1e-6)).toBeLessThan(0.9);
});

test("it is about that of Connor's closed form", () => {
  // 312 pairs are asked for by that form at 0.1 lost, 0.2 won, power 0.9.
  const found = minimumDetectableEffect({ n: 312, power: 0.9, discordance: 0.3, adopts: better });
  expect(found?.difference).toBeGreaterThan(0.095);
  expect(found?.difference).toBeLessThan(0.105);
});

test("it is none with too few cases, and all of it where every candidate passes", () => {
  expect(minimumDetectableEffect({ n: 5, power: 0.9, discordance: 0.1, adopts: better }))
    .toBeNull();
  const all = minimumDetectableEffect({ n: 5, power: 0.9, discordance: 0.1, adopts: () => true });
  expect(all?.difference).toBe(-0.1);
});

import { describe, expect, test } from "vitest";
import {
  groupSequentialBoundaries,
  type GroupSequentialDesign,
} from "../../../src/stats/sequential/group_sequential.ts";

const zOf = (design: GroupSequentialDesign) => groupSequentialBoundaries(design).map(({ z }) => z);
const evenly = (looks: number) => Array.from({ length: looks }, (_, at) => (at + 1) / looks);

describe("group-sequential boundaries", () => {
  // The Lan-DeMets program's table for two-sided 0.05 and five equal looks, as in R's ldbounds. Its
  // last digit is off by one in three places, by the independent computation below.
  test.each(
    [
      ["obrien-fleming", [4.8769, 3.3569, 2.6803, 2.2898, 2.031], 0.00012],
      ["pocock", [2.438, 2.4268, 2.4101, 2.3966, 2.3859], 0.00012],
    ] as const,
  )("agree with the published %s table", (spending, published, within) => {
    const found = zOf({ alpha: 0.05, sides: 2, spending, fractions: evenly(5) });
    published.forEach((z, look) => expect(Math.abs((found[look] ?? 0) - z)).toBeLessThan(within));
  });

  // One-sided, four looks: README of PharmCat/SeqBounds.jl.
  test("agree with another published table", () => {
    const found = zOf({
      alpha: 0.05,
      sides: 1,
      spending: "obrien-fleming",
      fractions: evenly(4),
    });
    [3.74955, 2.53993, 2.01604, 1.72014].forEach((z, look) =>
      expect(found[look]).toBeCloseTo(z, 4)
    );
  });

  // Independent computation: SciPy, Simpson's rule with 4001 points a look, Brent's root finder.
  test.each<[GroupSequentialDesign, number[]]>([
    [
      { alpha: 0.05, sides: 2, spending: "obrien-fleming", fractions: evenly(5) },
      [4.876884948790, 3.357011921574, 2.680280064544, 2.289816767712, 2.031032043310],
    ],
    [
      { alpha: 0.05, sides: 2, spending: "pocock", fractions: evenly(5) },
      [2.437976688050, 2.426813858150, 2.410193840271, 2.396645400649, 2.385984571623],
    ],
    [
      { alpha: 0.05, sides: 1, spending: "obrien-fleming", fractions: evenly(5) },
      [4.229195059300, 2.888136548299, 2.298090283925, 1.961821465558, 1.739704499442],
    ],
    [
      {
        alpha: 0.025,
        sides: 1,
        spending: "obrien-fleming",
        fractions: [0.13, 0.2, 0.55, 0.9],
      },
      [6.106794278459, 4.876957288314, 2.805958526275, 2.111968428364],
    ],
    [
      { alpha: 0.1, sides: 2, spending: "pocock", fractions: [0.13, 0.2, 0.55, 0.9, 1] },
      [2.323329147525, 2.404267254623, 2.013516909980, 1.985496163405, 2.088638941635],
    ],
  ])("agree with an independent computation to nine digits (%#)", (design, reference) => {
    const found = zOf(design);
    expect(found.length).toBe(reference.length);
    reference.forEach((z, look) => expect(found[look]).toBeCloseTo(z, 9));
  });

  test("are the fixed test's with one look", () => {
    for (const spending of ["pocock", "obrien-fleming"] as const) {
      expect(zOf({ alpha: 0.05, sides: 2, spending, fractions: [1] })[0]).toBeCloseTo(
        1.959963984540054,
        12,
      );
    }
  });

  test("do not change at looks taken when later ones come at other fractions", () => {
    const planned = { alpha: 0.05, sides: 2, spending: "pocock" } as const;
    const before = zOf({ ...planned, fractions: [0.2, 0.4, 0.6, 1] });
    const after = zOf({ ...planned, fractions: [0.2, 0.4, 0.71, 0.95] });
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toBe(before[2]);
  });

  test("spend what the spending function says, and all of it at the last planned case", () => {
    const design = { alpha: 0.05, sides: 2, spending: "pocock" } as const;
    const looks = groupSequentialBoundaries({ ...design, fractions: [0.5, 1] });
    expect(looks[0]?.spent).toBeCloseTo(0.05 * Math.log((Math.E + 1) / 2), 14);
    expect(looks[0]?.nominal).toBeCloseTo(looks[0]?.spent ?? 0, 12);
    expect(looks[1]?.spent).toBe(0.05);
  });

  test("spend the rest at the last look of a run that came out shorter", () => {
    const design = { alpha: 0.05, sides: 2, spending: "pocock" } as const;
    const fractions = [0.3, 0.8];
    const short = groupSequentialBoundaries({ ...design, fractions, spendingTimes: [0.3, 1] });
    const open = groupSequentialBoundaries({ ...design, fractions });
    expect(short[1]?.spent).toBe(0.05);
    expect(short[1]?.z).toBeLessThan(open[1]?.z ?? 0);
  });

  test("are finite where next to nothing may be spent, or nothing at all", () => {
    const design = { alpha: 0.05, sides: 2, spending: "obrien-fleming" } as const;
    const looks = groupSequentialBoundaries({ ...design, fractions: [0.001, 0.01, 0.0101, 1] });
    expect(looks[0]).toMatchObject({ z: 38, spent: 0 });
    expect(looks.every(({ z }) => z > 0 && z <= 38)).toBe(true);
    expect(looks[3]?.z).toBeCloseTo(1.959963984540054, 9);
  });

  test("can be asked for twenty looks and for none", () => {
    const found = zOf({ alpha: 0.05, sides: 2, spending: "pocock", fractions: evenly(20) });
    expect(found.length).toBe(20);
    expect(zOf({ alpha: 0.05, sides: 2, spending: "pocock", fractions: [] })).toEqual([]);
  });
});

describe("a design that cannot be", () => {
  const design: GroupSequentialDesign = {
    alpha: 0.05,
    sides: 2,
    spending: "pocock",
    fractions: [0.5, 1],
  };

  test.each<[Partial<GroupSequentialDesign>, string]>([
    [{ alpha: 0 }, "Cannot use alpha as it must be between 0 and 1"],
    [{ alpha: NaN }, "Cannot use alpha as it must be between 0 and 1"],
    [{ fractions: [0.5, 0.5] }, "current value is 0.5 at look 2"],
    [{ fractions: [0, 1] }, "current value is 0 at look 1"],
    [{ fractions: [0.5, 1.1] }, "current value is 1.1 at look 2"],
    [{ fractions: evenly(201) }, "Cannot use fractions as there must be at most 200"],
    [{ spendingTimes: [1] }, "there must be one a look (2): current value has 1"],
    [{ spendingTimes: [0.6, 0.5] }, "current value is 0.5 at look 2"],
  ])("is refused with its reason (%#)", (wrong, reason) => {
    expect(() => groupSequentialBoundaries({ ...design, ...wrong })).toThrow(reason);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FairShare } from "../../src/cluster/fair_share.ts";
import type { Lane, Priority } from "../../src/cluster/lane.ts";

function lane(tenant: string, capabilityClass = "cpu", priority: Priority = "normal"): Lane {
  return { tenant, capabilityClass, priority };
}

/** Serves lanes that never run out, one batch at a time, and gives the time that each tenant got. */
function serve(share: FairShare, lanes: Lane[], batches: number, tookMs: () => number) {
  const times = new Map<string, number>();
  for (let batch = 0; batch < batches; batch++) {
    const [first] = share.order(lanes);
    if (first === undefined) break;
    const took = tookMs();
    share.begin(first.tenant)(took);
    times.set(first.tenant, (times.get(first.tenant) ?? 0) + took);
  }
  return times;
}

describe("tenants that have work without end", () => {
  test("get time by their weights, whatever their batches take", () => {
    const weight = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(
        weight,
        weight,
        fc.infiniteStream(fc.integer({ min: 1, max: 500 })),
        (a, b, ms) => {
          const share = new FairShare(new Map([["a", a], ["b", b]]));
          const times = serve(share, [lane("a"), lane("b")], 3000, () => ms.next().value ?? 1);
          const [ofA = 0, ofB = 0] = [times.get("a"), times.get("b")];
          expect(Math.abs(ofA / (ofA + ofB) - a / (a + b))).toBeLessThan(0.02);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("share evenly where nobody says otherwise, on several slots as well", () => {
    const share = new FairShare(new Map());
    const lanes = [lane("a"), lane("b"), lane("c")];
    const chosen = Array.from({ length: 6 }, () => {
      const tenant = share.order(lanes)[0]?.tenant ?? "";
      share.begin(tenant); // Not done yet: the next slot must not choose the same.
      return tenant;
    });
    expect(chosen.sort()).toEqual(["a", "a", "b", "b", "c", "c"]);
  });

  test("save up nothing while they have no work", () => {
    const share = new FairShare(new Map());
    serve(share, [lane("a")], 1000, () => 100);
    const times = serve(share, [lane("a"), lane("b")], 100, () => 100);
    expect(times).toEqual(new Map([["a", 5000], ["b", 5000]]));
  });
});

describe("the order of lanes", () => {
  test("is: what requires most, then whose turn it is, then what they call urgent", () => {
    const share = new FairShare(new Map());
    share.begin("a")(100);
    const lanes = [
      lane("a", "cpu", "high"),
      lane("b", "cpu", "low"),
      lane("b", "cpu", "high"),
      lane("a", "cpu_gpu", "low"),
    ];
    expect(share.order(lanes)).toEqual([lanes[3], lanes[2], lanes[1], lanes[0]]);
  });
});

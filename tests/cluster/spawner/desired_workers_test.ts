import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Demand, desiredWorkers } from "../../../src/cluster/spawner/desired_workers.ts";

const GIBIBYTE = 1024 * 1024 * 1024;
const SLOT = GIBIBYTE / 4;

const LARGE = { cores: 64, memoryBytes: 256 * GIBIBYTE, freeBytes: 200 * GIBIBYTE };
const demand = (changes: Partial<Demand>): Demand => ({
  ...{ pending: 0, concurrency: 1, warm: 0, max: 1000, running: 0, machine: LARGE },
  ...changes,
});

describe("so many workers are wanted", () => {
  test.each<[string, Partial<Demand>, number]>([
    ["nothing to do", {}, 0],
    ["nothing to do, some warm", { warm: 3 }, 3],
    ["work, and the warm ones besides", { pending: 5, warm: 3 }, 8],
    ["work for a part of one", { pending: 5, concurrency: 4 }, 2],
    ["more than are allowed", { pending: 500, warm: 3, max: 7 }, 7],
    ["more than there are cores for", { pending: 500, concurrency: 10 }, 6],
    ["one that uses more than all cores", { pending: 500, concurrency: 200 }, 1],
    [
      "more than there is memory for",
      { pending: 50, machine: { ...LARGE, memoryBytes: 3 * SLOT } },
      3,
    ],
    [
      "more than memory is free for, beside those that run",
      { pending: 50, running: 4, concurrency: 2, machine: { ...LARGE, freeBytes: 5 * SLOT } },
      6,
    ],
    ["no memory for a single one", { warm: 1, machine: { ...LARGE, freeBytes: SLOT - 1 } }, 0],
  ])("%s", (_name, changes, workers) => {
    expect(desiredWorkers(demand(changes))).toBe(workers);
  });
});

const anyDemand: fc.Arbitrary<Demand> = fc.record({
  pending: fc.nat(5000),
  concurrency: fc.integer({ min: 1, max: 256 }),
  warm: fc.nat(20),
  max: fc.integer({ min: 1, max: 200 }),
  running: fc.nat(50),
  machine: fc.record({
    cores: fc.integer({ min: 1, max: 256 }),
    memoryBytes: fc.integer({ min: 0, max: 512 * GIBIBYTE }),
    freeBytes: fc.integer({ min: 0, max: 512 * GIBIBYTE }),
  }),
});

describe("whatever the demand", () => {
  test("it is a whole number that the machine and the user allow", () => {
    fc.assert(fc.property(anyDemand, (one) => {
      const { concurrency, max, running, machine } = one;
      const workers = desiredWorkers(one);
      expect(Number.isInteger(workers)).toBe(true);
      expect(workers).toBeGreaterThanOrEqual(0);
      expect(workers).toBeLessThanOrEqual(max);
      const slots = workers * concurrency;
      expect(workers <= 1 || slots <= machine.cores).toBe(true);
      expect(slots * SLOT).toBeLessThanOrEqual(machine.memoryBytes);
      const more = Math.max(0, workers - running);
      expect(more * concurrency * SLOT).toBeLessThanOrEqual(machine.freeBytes);
    }));
  });

  test("more work, more warm ones or a larger machine never make it fewer", () => {
    fc.assert(fc.property(anyDemand, fc.nat(100), (one, more) => {
      const workers = desiredWorkers(one);
      const { pending, warm, machine } = one;
      const { cores, memoryBytes, freeBytes } = machine;
      const larger: Demand[] = [
        { ...one, pending: pending + more },
        { ...one, warm: warm + more },
        { ...one, machine: { ...machine, cores: cores + more } },
        {
          ...one,
          machine: { cores, memoryBytes: memoryBytes + more * SLOT, freeBytes: freeBytes + more },
        },
      ];
      for (const other of larger) expect(desiredWorkers(other)).toBeGreaterThanOrEqual(workers);
    }));
  });

  test("there is one for each part of the work, and the warm ones, where there is room", () => {
    fc.assert(fc.property(anyDemand, ({ machine: _, max: __, ...one }) => {
      const room = { cores: 1e9, memoryBytes: 2 ** 60, freeBytes: 2 ** 60 };
      const workers = desiredWorkers({ ...one, max: 1e9, machine: room });
      const { pending, concurrency, warm } = one;
      expect((workers - warm) * concurrency).toBeGreaterThanOrEqual(pending);
      expect((workers - warm - 1) * concurrency).toBeLessThan(pending || 1);
    }));
  });
});

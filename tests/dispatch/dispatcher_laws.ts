import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Dispatcher } from "../../src/evaluate/dispatcher.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import type { ShrinkRequest } from "../../src/evaluate/shrink.ts";
import { collect, judgedOnly, makeRun, withoutTimes } from "../evaluate/runs.ts";

/** The laws that every dispatcher keeps. */
export function dispatcherLaws(name: string, create: () => Dispatcher): void {
  let dispatcher: Dispatcher;
  beforeEach(() => {
    dispatcher = create();
  });
  afterEach(() => dispatcher.close());

  describe(`${name} dispatcher`, () => {
    test("says what the task is", async () => {
      const task = await dispatcher.prepare(await makeRun());
      expect(task.entry).toBe("topK");
      expect(task.properties.map(({ name }) => name)).toContain("is in descending order");
      expect(task.relations.map(({ name }) => name)).toEqual([
        "permuting the input",
        "appending elements below the minimum",
      ]);
    });

    test("gives the same results for a batch each time, and for another cut of it", async () => {
      const run = await makeRun({ candidate: "examples/top-k/off-by-one.ts", n: 12 });
      const whole = await dispatcher.execute(run, { start: 2, end: 10 });
      const again = await dispatcher.execute(run, { start: 2, end: 10 });
      const left = await dispatcher.execute(run, { start: 2, end: 5 });
      const right = await dispatcher.execute(run, { start: 5, end: 10 });
      expect(whole.map(({ index }) => index)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
      expect(withoutTimes(again)).toEqual(withoutTimes(whole));
      expect(withoutTimes([...left, ...right])).toEqual(withoutTimes(whole));
    });

    test("goes over to another run", async () => {
      const first = await makeRun({ candidate: "examples/top-k/off-by-one.ts" });
      const second = await makeRun({ candidate: "examples/top-k/heap.ts" });
      const passed = async (run: typeof first) => {
        const results = await dispatcher.execute(run, { start: 0, end: 10 });
        return results.every((result) => result.valid && result.arms.candidate.passed);
      };
      expect(await passed(first)).toBe(false);
      expect(await passed(second)).toBe(true);
      expect(await passed(first)).toBe(false);
    });

    test("shrinks, to the same each time, and shows what it came to", async () => {
      const run = await makeRun({ candidate: "examples/top-k/drops-duplicates.ts", n: 20 });
      const results = judgedOnly(await dispatcher.execute(run, { start: 0, end: 20 }));
      const broken = results.find(({ arms }) => !arms.candidate.passed);
      const [violation] = broken?.arms.candidate.violations ?? [];
      if (broken === undefined || violation === undefined) throw new Error("nothing was broken");
      const { index, inputSize: size } = broken;
      const request: ShrinkRequest = {
        index,
        size,
        arm: "candidate",
        violation,
        isRegression: true,
        tries: 200,
        fuel: 10_000_000_000,
      };
      const shrunk = await dispatcher.shrink(run, request);
      expect(shrunk.ended).toBe("minimal");
      expect(shrunk.size).toBeLessThanOrEqual(size);
      expect(await dispatcher.shrink(run, request)).toEqual(shrunk);

      const addresses = [{ index, path: shrunk.path }, { index, path: [] }, { index: 0, path: [] }];
      const details = await dispatcher.examine(run, addresses);
      expect(details.map((detail) => [detail.index, detail.valid && detail.path])).toEqual(
        addresses.map(({ index, path }) => [index, path]),
      );
      const [smallest] = details;
      if (!smallest?.valid) throw new Error("the shrunk case is not valid");
      expect(smallest.arms.baseline.result.passed).toBe(true);
      expect(smallest.arms.candidate.result.violations.map(({ name }) => name)).toContain(
        violation.name,
      );
      expect(await dispatcher.examine(run, [])).toEqual([]);
    });

    test("stops when it is told to", async () => {
      const run = await makeRun({ n: 100_000 });
      await dispatcher.prepare(run);
      const stop = new AbortController();
      let seen = 0;
      const all = async () => {
        for await (const _ of evaluate(run, dispatcher, { signal: stop.signal })) {
          if (++seen === 3) stop.abort();
        }
      };
      await expect(all()).rejects.toMatchObject({ code: "cancelled" });
      expect(seen).toBe(3);
    });

    test("does not begin where it was told to stop before", async () => {
      const run = await makeRun();
      const signal = AbortSignal.abort();
      await expect(dispatcher.prepare(run, signal)).rejects.toMatchObject({ code: "cancelled" });
      const batch = { start: 0, end: 1 };
      const cancelled = { code: "cancelled" };
      await expect(dispatcher.execute(run, batch, signal)).rejects.toMatchObject(cancelled);
      const request: ShrinkRequest = {
        index: 0,
        size: 10,
        arm: "candidate",
        violation: { kind: "property", name: "is in descending order" },
        isRegression: false,
        tries: 10,
        fuel: 1e9,
      };
      await expect(dispatcher.shrink(run, request, signal)).rejects.toMatchObject(cancelled);
      const address = { index: 0, path: [] };
      await expect(dispatcher.examine(run, [address], signal)).rejects.toMatchObject(cancelled);
    });

    test("can be used again after a consumer that broke off", async () => {
      const run = await makeRun({ n: 200 });
      await dispatcher.prepare(run);
      for await (const { index } of evaluate(run, dispatcher)) {
        if (index === 5) break;
      }
      expect(await collect({ ...run, n: 10 }, dispatcher)).toHaveLength(10);
    });

    test("says what is wrong with a run's files, whatever it is asked for", async () => {
      const run = await makeRun({ candidate: "tests/fixtures/hostile/no_export.ts" });
      const wrong = { code: "bad-input", message: expect.stringContaining("no_export.ts") };
      await expect(dispatcher.prepare(run)).rejects.toMatchObject(wrong);
      await expect(dispatcher.execute(run, { start: 0, end: 2 })).rejects.toMatchObject(wrong);
      const address = { index: 0, path: [] };
      await expect(dispatcher.examine(run, [address])).rejects.toMatchObject(wrong);
    });

    test("can be closed twice, and before it did anything", async () => {
      await dispatcher.close();
      await dispatcher.close();
    });
  });
}

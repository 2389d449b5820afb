import { describe, expect, test } from "vitest";
import { inIndexOrder } from "../../src/evaluate/index_order.ts";

/** Work that a test finishes by hand. */
class Work {
  readonly started: number[] = [];
  readonly #resolvers = new Map<number, PromiseWithResolvers<string>>();

  start = (item: number): Promise<string> => {
    this.started.push(item);
    const resolvers = Promise.withResolvers<string>();
    this.#resolvers.set(item, resolvers);
    return resolvers.promise;
  };

  finish(item: number): void {
    this.#resolvers.get(item)?.resolve(`result ${item}`);
  }

  fail(item: number): void {
    this.#resolvers.get(item)?.reject(new Error(`item ${item} failed`));
  }
}

describe("results in index order", () => {
  test("come in order, whatever order the work ends in", async () => {
    const work = new Work();
    const results = inIndexOrder([0, 1, 2], work.start, () => 3);
    const first = results.next();
    work.finish(2);
    work.finish(1);
    work.finish(0);
    expect(await first).toEqual({ done: false, value: "result 0" });
    expect((await results.next()).value).toBe("result 1");
    expect((await results.next()).value).toBe("result 2");
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test("are asked for only a little ahead", async () => {
    const work = new Work();
    const results = inIndexOrder(
      Array.from({ length: 100 }, (_, item) => item),
      work.start,
      () => 4,
    );
    const first = results.next();
    await Promise.resolve();
    expect(work.started).toEqual([0, 1, 2, 3]);
    work.finish(0);
    await first;
    expect(work.started).toEqual([0, 1, 2, 3]);
    const second = results.next();
    work.finish(1);
    await second;
    expect(work.started).toEqual([0, 1, 2, 3, 4]);
    await results.return();
  });

  test("end with the first failure in order, and start nothing after it", async () => {
    const work = new Work();
    const results = inIndexOrder([0, 1, 2, 3], work.start, () => 2);
    const first = results.next();
    work.fail(1);
    work.finish(0);
    expect((await first).value).toBe("result 0");
    await expect(results.next()).rejects.toThrow("item 1 failed");
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(work.started).toEqual([0, 1, 2]);
  });
});

import { describe, expect, test } from "vitest";
import { Flow } from "../../src/cluster/flow.ts";

describe("a flow", () => {
  test("lets so many go on at a time, in the order in which they came", async () => {
    const flow = new Flow(2);
    const log: string[] = [];
    const enter = async (name: string) => {
      const leave = await flow.enter();
      log.push(name);
      return leave;
    };
    const [first, second, third, fourth] = ["a", "b", "c", "d"].map(enter);
    await second;
    expect(log).toEqual(["a", "b"]);
    const leave = await first;
    leave?.();
    leave?.(); // A second time says nothing new.
    await third;
    expect(log).toEqual(["a", "b", "c"]);
    flow.widen(3);
    await fourth;
    expect(log).toEqual(["a", "b", "c", "d"]);
  });

  test("lets go of who does not want to wait any more", async () => {
    const flow = new Flow(1);
    const stop = new AbortController();
    const leave = await flow.enter();
    const waiting = flow.enter(stop.signal);
    stop.abort();
    expect(await waiting).toBeUndefined();
    expect(await flow.enter(stop.signal)).toBeUndefined();
    leave?.();
    expect(await flow.enter()).toBeInstanceOf(Function);
  });
});

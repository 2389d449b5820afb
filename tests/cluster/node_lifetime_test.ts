import { describe, expect, test } from "vitest";
import {
  live,
  type Mortal,
  sayReason,
  type StopReason,
  type StopSignal,
} from "../../src/cluster/node_lifetime.ts";

/** A node that holds one batch for as long as a test says. */
class FakeNode implements Mortal {
  readonly #drained = Promise.withResolvers<void>();
  #idleSince: number | undefined = performance.now();
  drains = 0;
  /** What it holds when it is drained. */
  held: Promise<void> = Promise.resolve();

  get idleMs(): number {
    return this.#idleSince === undefined ? 0 : performance.now() - this.#idleSince;
  }

  set isBusy(isBusy: boolean) {
    this.#idleSince = isBusy ? undefined : performance.now();
  }

  drain(): void {
    this.drains++;
    this.#drained.resolve();
  }

  async run(): Promise<void> {
    await this.#drained.promise;
    await this.held;
  }
}

/** Signals that a test sends. */
class Signals {
  send: (signal: StopSignal) => void = () => {};
  listeners = 0;

  listen = (hear: (signal: StopSignal) => void) => {
    this.send = hear;
    this.listeners++;
    return () => {
      this.listeners--;
    };
  };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a node ends", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("when it is told to by %s", async (signal) => {
    const signals = new Signals();
    const ended = live(new FakeNode(), {}, signals.listen);
    signals.send(signal);
    expect(await ended).toEqual({ kind: "told", signal });
    expect(signals.listeners).toBe(0);
  });

  test("when it had no work for so long, and not before", async () => {
    const node = new FakeNode();
    node.isBusy = true;
    let isOver = false;
    const ended = live(node, { idleExitMs: 50 }, new Signals().listen)
      .then((reason) => (isOver = true, reason));
    await wait(200);
    expect(isOver).toBe(false);
    node.isBusy = false;
    const idleSince = performance.now();
    expect(await ended).toEqual({ kind: "idle", ms: 50 });
    // Timers of some runtimes are early by less than a millisecond.
    expect(performance.now() - idleSince).toBeGreaterThan(48);
  });

  test("when it was up for so long, busy or not", async () => {
    const node = new FakeNode();
    node.isBusy = true;
    const ended = live(node, { idleExitMs: 20, maxUptimeMs: 60 }, new Signals().listen);
    expect(await ended).toEqual({ kind: "uptime", ms: 60 });
  });

  test("when it did what it was there for", async () => {
    const node = new FakeNode();
    const ended = live(node, { idleExitMs: 60_000 }, new Signals().listen);
    node.drain();
    expect(await ended).toEqual({ kind: "done" });
  });

  test("for the reason that came first, with what it holds done", async () => {
    const node = new FakeNode();
    const held = Promise.withResolvers<void>();
    node.held = held.promise;
    const signals = new Signals();
    let isOver = false;
    const ended = live(node, { idleExitMs: 1 }, signals.listen)
      .then((reason) => (isOver = true, reason));
    while (node.drains === 0) await wait(1);
    signals.send("SIGTERM");
    await wait(20);
    expect(isOver).toBe(false);
    held.resolve();
    expect(await ended).toEqual({ kind: "idle", ms: 1 });
  });

  test("with its own error, and listens no more", async () => {
    const node = new FakeNode();
    node.held = Promise.reject(new Error("no server"));
    const signals = new Signals();
    const ended = live(node, {}, signals.listen);
    node.drain();
    await expect(ended).rejects.toThrow("no server");
    expect(signals.listeners).toBe(0);
  });
});

test.each<[StopReason, string]>([
  [{ kind: "told", signal: "SIGTERM" }, "told to (SIGTERM)"],
  [{ kind: "told", signal: "SIGINT" }, "told to (SIGINT)"],
  [{ kind: "idle", ms: 30_000 }, "idle for 30 s"],
  [{ kind: "idle", ms: 1500 }, "idle for 1500 ms"],
  [{ kind: "uptime", ms: 3_600_000 }, "up for 1 h"],
  [{ kind: "uptime", ms: 90_000 }, "up for 90 s"],
  [{ kind: "uptime", ms: 120_000 }, "up for 2 min"],
  [{ kind: "done" }, "did one batch"],
])("%o is said as %s", (reason, text) => {
  expect(sayReason(reason)).toBe(text);
});

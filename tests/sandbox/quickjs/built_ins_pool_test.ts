import { beforeAll, expect, test } from "vitest";
import { bundle } from "../../../sandbox/bundle/bundle.ts";
import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { runOnce } from "../../../sandbox/pool/once.ts";
import { loadQuickJs } from "../../../sandbox/quickjs/engine.ts";
import type { Outcome } from "../../../sandbox/outcome.ts";

const SOURCE = `
const long = { length: 2 ** 53 - 1 };
const nest = () => { let top = ["x"]; for (let i = 0; i < 40; i++) top = [top, top, top]; return top };
export const array = () => Array.prototype.indexOf.call(long, 1);
export const pattern = () => /(a+)+$/.test("a".repeat(50) + "b");
export const text = () => "" + nest();
export const search = () => "a".repeat(4e6).indexOf("a".repeat(2e6) + "b");
export const big = () => ((1n << 1000000n) - 1n).toString(3);
export const sort = () => { for (;;) new Float64Array(1e6).map(Math.random).sort() };
`;

/** Fuel for some tenths of a second. */
const FUEL = 5_000_000_000;

const TICK_MS = 5;

/** The longest time for which this thread did not come round to its timer until a promise settled. */
async function longestGap(running: Promise<Outcome>): Promise<{ outcome: Outcome; gapMs: number }> {
  let gapMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    gapMs = Math.max(gapMs, now - last);
    last = now;
  }, TICK_MS);
  try {
    const outcome = await running;
    return { outcome, gapMs: Math.max(gapMs, performance.now() - last) };
  } finally {
    clearInterval(timer);
  }
}

// Metering the guest, once a process, is the host's own work.
beforeAll(async () => void await loadQuickJs());

test.each(["array", "pattern", "text", "search", "big", "sort"])(
  "the host goes on with its own work while a guest is busy in a built-in: %s",
  async (entry) => {
    const artifact = await bundle({ stdin: SOURCE, resolveDir: ".", name: "busy.ts" });
    const limits = { ...DEFAULT_LIMITS, fuel: FUEL };
    const running = runOnce({ artifact, limits, entry, args: [], seed: 1 });
    const { outcome, gapMs } = await longestGap(running);
    expect(outcome).toMatchObject({ ok: false });
    expect(["fuel", "memory"]).toContain(!outcome.ok && outcome.failure.kind);
    // A host that was blocked while the guest ran would have a gap as long as the call.
    expect(outcome.usage.wallMs).toBeGreaterThan(20 * TICK_MS);
    expect(gapMs).toBeLessThan(outcome.usage.wallMs);
  },
);

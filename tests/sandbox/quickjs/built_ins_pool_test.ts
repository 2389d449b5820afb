import { beforeAll, expect, test } from "vitest";
import { bundle } from "../../../sandbox/bundle/bundle.ts";
import { DEFAULT_LIMITS } from "../../../sandbox/limits.ts";
import { runOnce } from "../../../sandbox/pool/once.ts";
import { loadQuickJs } from "../../../sandbox/quickjs/engine.ts";

const SOURCE = `
const long = { length: 2 ** 53 - 1 };
const nest = () => { let top = []; for (let i = 0; i < 40; i++) top = [top, top, top]; return top };
export const array = () => Array.prototype.indexOf.call(long, 1);
export const pattern = () => /(a+)+$/.test("a".repeat(50) + "b");
export const flat = () => nest().flat(Infinity);
export const search = () => "a".repeat(4e6).indexOf("a".repeat(2e6) + "b");
export const big = () => { for (;;) ((1n << 1000000n) - 1n).toString(3) };
export const sort = () => { for (;;) new Float64Array(1e6).map(Math.random).sort() };
`;

/** Fuel for a quarter of a minute and more, after which a host that could do nothing meanwhile is found out. */
const FUEL = 100_000_000_000;

const DEADLINE_MS = 500;

// Metering the guest, once a process, is the host's own work.
beforeAll(async () => void await loadQuickJs());

/**
 * The watchdog is a timer of the host's thread, and time counts for it only as far as it gets its turns
 * (watchdog.ts): so a call that is ended by its deadline, and not by its fuel, is one during which the host
 * came round to its own work again and again.
 */
test.each(["array", "pattern", "flat", "search", "big", "sort"])(
  "the host goes on with its own work while a guest is busy in a built-in: %s",
  async (entry) => {
    const artifact = await bundle({ stdin: SOURCE, resolveDir: ".", name: "busy.ts" });
    const limits = { ...DEFAULT_LIMITS, fuel: FUEL, deadlineMs: DEADLINE_MS };
    const outcome = await runOnce({ artifact, limits, entry, args: [], seed: 1 });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: "deadline" } });
  },
);

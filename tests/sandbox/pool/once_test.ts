import { SandboxError } from "../../../sandbox/errors.ts";
import { describe, expect, test } from "vitest";
import { bundle } from "../../../sandbox/bundle/bundle.ts";
import { DEFAULT_LIMITS, type Limits } from "../../../sandbox/limits.ts";
import type { Outcome } from "../../../sandbox/outcome.ts";
import { runOnce } from "../../../sandbox/pool/once.ts";
import type { Value } from "../../../sandbox/values/value.ts";

const SOURCE = `console.log("loaded");
interface Input { a: number }
export function solve(x: number) { console.log("called"); return [x * 2, Math.random()]; }
export const fail = (x: Input) => {
  if (x.a > 1) throw new RangeError("too big");
};
export const echo = (x: unknown) => x;
export function loop() { for (;;); }
export const host = () => [typeof Deno, typeof Bun, typeof process, typeof fetch];
`;
const TOP_LEVEL_LOOP = "for (;;);\nexport {};";

/** Fuel for minutes, so that only the host can end a call, however late it comes round to it. */
const LONG_FUEL = 1_000_000_000_000;

async function once(
  entry: string,
  args: Value[],
  options: { source?: string; seed?: number; limits?: Partial<Limits> } = {},
): Promise<Outcome> {
  const { source = SOURCE, seed = 42, limits = {} } = options;
  const artifact = await bundle({ stdin: source, resolveDir: ".", name: "solve.ts" });
  return await runOnce({ artifact, entry, args, seed, limits: { ...DEFAULT_LIMITS, ...limits } });
}

describe("runOnce", () => {
  test("gives the value, the usage and the output of load and call", async () => {
    const outcome = await once("solve", [21]);
    expect(outcome).toMatchObject({
      ok: true,
      value: [42, expect.any(Number)],
      output: [{ level: "log", text: "loaded" }, { level: "log", text: "called" }],
    });
    expect(outcome.usage.fuel).toBeGreaterThan(0);
  });

  test("gives the same value and fuel for the same seed, and other random numbers for another", async () => {
    const [one, same, other] = await Promise.all([
      once("solve", [1]),
      once("solve", [1]),
      once("solve", [1], { seed: 43 }),
    ]);
    const wallMs = expect.any(Number);
    expect(same).toEqual({ ...one, usage: { ...one.usage, wallMs } });
    expect(other.ok && other.value).not.toEqual(one.ok && one.value);
  });

  test("carries every kind of value there and back", async () => {
    const value = new Map<Value, Value>([[
      1n,
      new Set<Value>([new Date(5), Number.NaN, undefined]),
    ]]);
    const args = [{ value, bytes: new Uint8Array([1, 2]), zero: -0 }];
    expect(await once("echo", args)).toMatchObject({ ok: true, value: args[0] });
  });

  test("shows the user's own lines in a stack trace, and no others", async () => {
    const outcome = await once("fail", [{ a: 2 }]);
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        kind: "exception",
        message: "RangeError: too big",
        stack: "    at fail (solve.ts:5:22)",
      },
    });
  });

  test("gives user code nothing of the host", async () => {
    const outcome = await once("host", []);
    expect(outcome).toMatchObject({ ok: true, value: Array(4).fill("undefined") });
  });

  test("says which exports there are where the wanted one is missing", async () => {
    const refused = once("sovle", []);
    await expect(refused).rejects.toThrow(SandboxError);
    await expect(refused).rejects.toThrow("no export named sovle: it exports echo, fail, host");
  });

  test.each([
    ["a call", "loop", SOURCE],
    ["a top level", "loop", TOP_LEVEL_LOOP],
  ])("ends %s that does not, by fuel and by the clock", async (_what, entry, source) => {
    const byFuel = await once(entry, [], { source, limits: { fuel: 1_000_000 } });
    expect(!byFuel.ok && byFuel.failure.message).toContain("used up its fuel of 1000000 units");
    const limits = { fuel: LONG_FUEL, deadlineMs: 100 };
    expect(await once(entry, [], { source, limits })).toMatchObject({
      ok: false,
      failure: { kind: "deadline", message: "ran longer than its deadline of 100 ms" },
    });
  });

  test("refuses arguments that cannot cross, before anything runs", async () => {
    const circle: Value[] = [];
    circle.push(circle);
    await expect(once("echo", [circle])).rejects.toHaveProperty("name", "CodecError");
  });

  test("stops for a signal", async () => {
    const artifact = await bundle({ stdin: SOURCE, resolveDir: ".", name: "solve.ts" });
    const stop = new AbortController();
    const running = runOnce({
      artifact,
      entry: "loop",
      args: [],
      seed: 1,
      limits: { ...DEFAULT_LIMITS, fuel: LONG_FUEL },
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error("Ctrl-C")), 100);
    await expect(running).rejects.toThrow("Ctrl-C");
  });
});

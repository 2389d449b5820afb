import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Flavour } from "./support/environment.ts";
import {
  AMPLE,
  argumentsFor,
  callExport,
  describeThrown,
  type Guest,
  memoryOf,
  meteredGuest,
  type Observed,
  originalGuest,
  plain,
  stateOf,
} from "./support/guests.ts";
import { makeProgram, type Program } from "./support/program.ts";
import { tapes } from "./support/tape.ts";

const FLAVOURS: Record<string, Flavour> = {
  "legacy exceptions": flavour({ exceptions: "legacy" }),
  "exceptions with try_table": flavour({ exceptions: "table" }),
  "stores, legacy exceptions": flavour({ exceptions: "legacy", stores: true }),
  "stores, try_table, an imported memory": flavour({ stores: true, importsMemory: true }),
  "growing and dropping": flavour({ growth: true }),
};
const RUNS = 200;

function flavour(differs: Partial<Flavour>): Flavour {
  const usual: Flavour = {
    exceptions: "table",
    floats: false,
    stores: false,
    growth: false,
    importsMemory: false,
  };
  return { ...usual, ...differs };
}

/** Calls every function that JavaScript can call. */
function* calls(program: Program): Generator<[name: string, args: unknown[]]> {
  for (const [index, params] of program.functions.entries()) {
    const args = argumentsFor(params, index);
    if (args !== undefined) yield [`f${index}`, args];
  }
}

function callOriginal(guest: Guest, name: string, args: unknown[]): Observed {
  guest.log.length = 0;
  try {
    return { outcome: plain(callExport(guest.exports, name, args)), log: [...guest.log] };
  } catch (thrown) {
    return { outcome: describeThrown(thrown), log: [...guest.log] };
  }
}

type Metered = ReturnType<typeof meteredGuest>;

function callMetered(
  guest: Metered,
  name: string,
  args: unknown[],
  fuel = AMPLE.fuel,
): Observed & { fuel: number; reason?: string } {
  guest.log.length = 0;
  const result = guest.metered.run({ ...AMPLE, fuel }, () => callExport(guest.exports, name, args));
  const log = [...guest.log];
  if (result.ok) return { outcome: plain(result.value), log, fuel: result.fuel };
  const { reason, cause } = result.stop;
  return { outcome: describeThrown(cause), log, fuel: result.fuel, reason };
}

function stackLeft({ exports }: Guest): unknown {
  const global = exports["cupel.stack"];
  return global instanceof WebAssembly.Global ? global.value : undefined;
}

/** Compares by bytes: the matcher of vitest is too slow for memories. */
function expectSameBytes(actual: Uint8Array, wanted: Uint8Array): void {
  expect(actual.length).toBe(wanted.length);
  const at = actual.findIndex((byte, index) => byte !== wanted[index]);
  expect(at === -1 ? "the same" : `byte ${at} is ${actual[at]}, not ${wanted[at]}`).toBe(
    "the same",
  );
}

function check(flavour: Flavour, property: (program: Program) => void): void {
  fc.assert(
    fc.property(tapes(300), (tape) => property(makeProgram(tape, flavour))),
    { numRuns: RUNS, seed: 20_251 },
  );
}

describe.each(Object.entries(FLAVOURS))("random programs with %s", (_, flavour) => {
  test("give the same values, traps, memory, globals and tables when metered", () => {
    check(flavour, (program) => {
      const original = originalGuest(program);
      const metered = meteredGuest(program);
      for (const [name, args] of calls(program)) {
        const wanted = callOriginal(original, name, args);
        const actual = callMetered(metered, name, args);
        expect({ outcome: actual.outcome, log: actual.log }).toEqual(wanted);
        expectSameBytes(memoryOf(metered), memoryOf(original));
        expect(stateOf(metered)).toEqual(stateOf(original));
        if (actual.reason === undefined) expect(stackLeft(metered)).toBe(AMPLE.stackBytes);
      }
    });
  });

  test("go back to their image, and then do the same again with the same fuel", () => {
    check(flavour, (program) => {
      const guest = meteredGuest(program);
      for (const [name, args] of calls(program)) {
        guest.metered.capture();
        const image = memoryOf(guest).slice();
        const state = stateOf(guest);
        const first = callMetered(guest, name, args);
        const after = memoryOf(guest).slice();
        if (!guest.metered.reset()) {
          expect(flavour.growth).toBe(true);
          return;
        }
        expectSameBytes(memoryOf(guest), image);
        expect(stateOf(guest)).toEqual(state);
        expect(callMetered(guest, name, args)).toEqual(first);
        expectSameBytes(memoryOf(guest), after);
      }
    });
  });

  test("stop for want of fuel or end as before, whatever the budget", () => {
    check(flavour, (program) => {
      const guest = meteredGuest(program);
      guest.metered.capture();
      for (const [name, args] of calls(program)) {
        const whole = callMetered(guest, name, args);
        if (!guest.metered.reset()) return;
        const part = callMetered(guest, name, args, Math.floor(whole.fuel / 2));
        if (part.reason !== "fuel") expect(part.outcome).toEqual(whole.outcome);
        if (!guest.metered.reset()) return;
        expect(callMetered(guest, name, args)).toEqual(whole);
        if (!guest.metered.reset()) return;
      }
    });
  });
});

import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { meter, WasmFormatError } from "../../wasm/mod.ts";
import type { Flavour } from "./support/environment.ts";
import { makeProgram } from "./support/program.ts";
import { tapes } from "./support/tape.ts";

const require = createRequire(import.meta.url);
const quickjs = readFileSync(require.resolve("@jitl/quickjs-ng-wasmfile-release-sync/wasm"));

/** What metering made of a module, against what the engine says of the original. */
function verdict(bytes: Uint8Array<ArrayBuffer>): { original: boolean; metered: boolean | string } {
  const original = WebAssembly.validate(bytes);
  try {
    return { original, metered: WebAssembly.validate(meter(bytes).bytes) };
  } catch (error) {
    if (!(error instanceof WasmFormatError)) throw error;
    return { original, metered: error.code };
  }
}

/** Either refused, or just as valid as before. (Engines are too lax with code that cannot be reached.) */
function expectSound(bytes: Uint8Array<ArrayBuffer>): void {
  const { original, metered } = verdict(bytes);
  if (typeof metered === "boolean") expect(metered).toBe(original);
}

function programs(exceptions: Flavour["exceptions"]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const flavour = { exceptions, floats: true, stores: false, growth: true, importsMemory: false };
  return tapes(120).map((tape) => makeProgram(tape, flavour).bytes);
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(bytes);
  changed[8 + at % (bytes.length - 8)] = value;
  return changed;
}

const tablePrograms = programs("table");
const place = fc.nat(1_000_000);

describe("a corrupted module is refused, or as valid after metering as before", () => {
  test("with one byte changed", () => {
    fc.assert(
      fc.property(tablePrograms, place, fc.nat(255), (bytes, at, value) => {
        expectSound(withByte(bytes, at, value));
      }),
      { numRuns: 2500, seed: 11 },
    );
  });

  test("with legacy exceptions, whose validation differs between engines: with no other error", () => {
    fc.assert(
      fc.property(programs("legacy"), place, fc.nat(255), (bytes, at, value) => {
        expect(verdict(withByte(bytes, at, value))).toBeDefined();
      }),
      { numRuns: 1000, seed: 16 },
    );
  });

  test("with one bit changed in several places", () => {
    fc.assert(
      fc.property(
        tablePrograms,
        fc.array(place, { minLength: 2, maxLength: 6 }),
        (bytes, places) => {
          const changed = bytes.slice();
          for (const at of places) {
            const index = 8 + (at >> 3) % (bytes.length - 8);
            changed[index] = (changed[index] ?? 0) ^ (1 << (at & 7));
          }
          expectSound(changed);
        },
      ),
      { numRuns: 1500, seed: 12 },
    );
  });

  test("with bytes left out, put in, or cut off", () => {
    fc.assert(
      fc.property(tablePrograms, place, place, fc.nat(2), (bytes, at, length, kind) => {
        const start = at % bytes.length;
        const end = Math.min(bytes.length, start + 1 + length % 8);
        const rest = [bytes.subarray(end), bytes.subarray(start), []][kind] ?? [];
        const repeated = kind === 1 ? bytes.subarray(Math.max(0, start - 3), start) : [];
        expectSound(new Uint8Array([...bytes.subarray(0, start), ...repeated, ...rest]));
      }),
      { numRuns: 1500, seed: 13 },
    );
  });

  test("whatever bytes come after the header", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        expectSound(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...tail]));
      }),
      { numRuns: 1000, seed: 14 },
    );
  });

  test("QuickJS too, with one byte changed", () => {
    fc.assert(
      fc.property(place, fc.nat(255), (at, value) => {
        expectSound(withByte(quickjs, at, value));
      }),
      { numRuns: 20, seed: 15 },
    );
  });
});

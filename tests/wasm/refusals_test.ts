import { describe, expect, test } from "vitest";
import { meter, WasmFormatError } from "../../wasm/mod.ts";
import { functionType, HEADER, i32Const, name, section, sized } from "./support/encode.ts";
import { wat } from "./support/wat.ts";

function refusal(bytes: Uint8Array): WasmFormatError {
  try {
    meter(bytes);
  } catch (error) {
    if (error instanceof WasmFormatError) return error;
    throw error;
  }
  throw new Error("Cannot refuse the module: it was accepted");
}

function moduleOf(...parts: readonly (readonly number[])[]): Uint8Array {
  return new Uint8Array([...HEADER, ...parts.flat()]);
}

/** A module with one function without parameters and results. */
function moduleWithCode(...code: number[]): Uint8Array {
  const body = sized([0, ...code, 0x0b]);
  return moduleOf(section(1, [functionType(":")]), section(3, [[0]]), section(10, [body]));
}

const threads = { threads: true };
const FEATURES: [feature: string, bytes: Uint8Array, message: RegExp][] = [
  ["a shared memory", wat("(module (memory 1 1 shared))", threads), /shared memories \(threads\)/],
  [
    "an imported shared memory",
    wat('(module (import "" "" (memory 1 1 shared)))', threads),
    /shared memories \(threads\)/,
  ],
  [
    "atomic instructions",
    wat("(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))", threads),
    /atomic instructions \(threads\)/,
  ],
  ["memory64", wat("(module (memory i64 1))", { memory64: true }), /memory64/],
  [
    "several memories",
    wat("(module (memory 1) (memory 1))", { multi_memory: true }),
    /several memories/,
  ],
  [
    "a store to a second memory",
    wat("(module (memory 1) (func (i32.store 1 (i32.const 0) (i32.const 0))) (memory 1))", {
      multi_memory: true,
    }),
    /several memories/,
  ],
  ["a relaxed vector instruction", moduleWithCode(0xfd, 0x80, 0x02), /relaxed SIMD/],
  ["an unknown vector instruction", moduleWithCode(0xfd, 0x9a, 0x01), /unknown opcode 0xfd 154/],
  ["an instruction of garbage collection", moduleWithCode(0xfb, 0x00), /garbage collection/],
  ["a call of a typed reference", moduleWithCode(0x14, 0x00), /typed references/],
  ["a branch on null", moduleWithCode(0xd5, 0x00), /typed references/],
  ["an opcode that nobody knows", moduleWithCode(0x27), /unknown opcode 0x27/],
  ["another one behind a prefix", moduleWithCode(0xfc, 0x63), /unknown opcode 0xfc 99/],
  [
    "a table of exceptions, which no host can read",
    moduleOf(section(4, [[0x69, 0, 1]])),
    /tables of exceptions/,
  ],
  ["a struct type", moduleOf(section(1, [[0x5f, 0]])), /garbage collection/],
  ["a recursive type group", moduleOf(section(1, [[0x4e, 0]])), /garbage collection/],
  ["a typed reference", moduleOf(section(1, [[0x60, 1, 0x64, 0x70, 0]])), /typed references/],
  ["a value type that nobody knows", moduleOf(section(1, [[0x60, 1, 0x55, 0]])), /value type 0x55/],
  [
    "a table with an initialiser",
    moduleOf(section(4, [[0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b]])),
    /initialiser/,
  ],
  ["a shared global", moduleOf(section(6, [[0x7f, 2, ...i32Const(0), 0x0b]])), /shared globals/],
  ["custom page sizes", moduleOf(section(5, [[8, 1, 0]])), /custom page sizes/],
  ["a section that nobody knows", moduleOf([14, 0]), /unknown section 14/],
  [
    "an export name of the meter's own",
    wat('(module (func (export "cupel.fuel")))'),
    /"cupel.fuel" is reserved/,
  ],
  [
    "a type with 1001 parameters",
    moduleOf(section(1, [[0x60, 0xe9, 0x07, ...new Array<number>(1001).fill(0x7f), 0]])),
    /1001 parameters \(at most 1000 are taken\)/,
  ],
];

const MALFORMED: [what: string, bytes: Uint8Array, message: RegExp][] = [
  ["no bytes", new Uint8Array(), /does not start/],
  ["text", new TextEncoder().encode("(module)"), /does not start/],
  ["another version", new Uint8Array([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), /unknown version 2/],
  [
    "sections out of order",
    moduleOf(section(3, [[0]]), section(1, [[0]])),
    /type 0 is not defined|out of order/,
  ],
  ["a section twice", moduleOf([1, 1, 0], [1, 1, 0]), /stands twice/],
  ["a section that is too short", moduleOf([1, 9, 0]), /unexpected end/],
  ["a section with bytes left over", moduleOf([1, 2, 0, 0]), /wrong size/],
  [
    "an integer that is too long",
    moduleOf([1, 6, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
    /longer than 32 bits/,
  ],
  ["a name that is not text", moduleOf([0, 3, 2, 0xff, 0xff]), /not UTF-8/],
  [
    "functions without code",
    moduleOf(section(1, [functionType(":")]), section(3, [[0]])),
    /1 functions are declared/,
  ],
  [
    "a function that does not end",
    moduleOf(section(1, [functionType(":")]), section(3, [[0]]), section(10, [[2, 0, 1]])),
    /does not end/,
  ],
  ["code behind a function's end", moduleWithCode(0x0b), /code after/],
  ["a store to the fuel's index", moduleWithCode(...[0x42, 9], 0x24, 0), /0 globals/],
  ["a local behind the last", moduleWithCode(0x20, 0, 0x1a), /local 0 is not defined/],
  ["a call of a function behind the last", moduleWithCode(0x10, 1), /1 functions/],
  ["a reference to a function behind the last", moduleWithCode(0xd2, 1, 0x1a), /1 functions/],
  ["a branch out of the function", moduleWithCode(0x0c, 1), /label 1 is not defined/],
  [
    "a branch table out of the function",
    moduleWithCode(0x41, 0, 0x0e, 1, 0, 7),
    /label 7 is not defined/,
  ],
  [
    "an exported global that is not there",
    moduleOf(section(7, [[...name("g"), 3, 0]])),
    /0 globals/,
  ],
  ["a start function that is not there", moduleOf([8, 1, 0]), /0 functions/],
  [
    "an element that is not there",
    moduleOf(section(4, [[0x70, 0, 1]]), section(9, [[0, ...i32Const(0), 0x0b, 1, 3]])),
    /0 functions/,
  ],
  [
    "a data segment for a second memory",
    moduleOf(section(5, [[0, 1]]), section(11, [[2, 1, ...i32Const(0), 0x0b, 0]])),
    /1 memories/,
  ],
  [
    "an initialiser that is not constant",
    moduleOf(section(6, [[0x7f, 0, 0x10, 0, 0x0b]])),
    /call is not constant/,
  ],
  ["a copy to a second memory", moduleWithMemory(0xfc, 10, 1, 0), /1 memories/],
  ["a fill of a second memory", moduleWithMemory(0xfc, 11, 1), /1 memories/],
];

function moduleWithMemory(...instruction: number[]): Uint8Array {
  const operands = [0, 0, 0].flatMap((value) => i32Const(value));
  const body = sized([0, ...operands, ...instruction, 0x0b]);
  return moduleOf(
    section(1, [functionType(":")]),
    section(3, [[0]]),
    section(5, [[0, 1]]),
    section(10, [body]),
  );
}

describe("a module is refused by an error that says what and where", () => {
  test.each(FEATURES)("for %s", (_, bytes, message) => {
    const error = refusal(bytes);
    expect(error.message).toMatch(message);
    expect(error.code).toBe("unsupported");
    expect(error.offset).toBeGreaterThan(0);
    expect(error.message).toContain(`0x${error.offset.toString(16)}`);
  });

  test("for being a component", () => {
    const error = refusal(new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]));
    expect(error.message).toMatch(/a component, not a core module/);
  });

  test.each(MALFORMED)("for %s", (_, bytes, message) => {
    const error = refusal(bytes);
    expect(error.message).toMatch(message);
    expect(error.code).toBe("malformed");
    expect(WebAssembly.validate(bytes.slice())).toBe(false);
  });
});

import { CodeBuilder } from "./code_builder.ts";
import { constant } from "./constants.ts";
import {
  functionType,
  HEADER,
  i32Const,
  name,
  section,
  sized,
  TYPE_CODES,
  types,
  unsigned,
} from "./encode.ts";
import {
  type Flavour,
  GLOBALS,
  IMPORTED_FUNCTIONS,
  MEMORY_SIZE,
  signature,
  TABLE_SIZE,
  TABLES,
  TAGS,
  TICKS,
  TYPES,
} from "./environment.ts";
import { statements } from "./statements.ts";
import { TICK } from "./structure.ts";
import { Tape } from "./tape.ts";

/** A random module. It exports its functions as `f0`, `f1`, …, and what else it has by name. */
export interface Program {
  bytes: Uint8Array<ArrayBuffer>;
  /** Parameters of each function that is defined, as letters. */
  functions: string[];
}

/** Makes the module that a tape says. It is valid, and every call of it ends. */
export function makeProgram(choices: readonly number[], flavour: Flavour): Program {
  const tape = new Tape(choices);
  const defined = Array.from({ length: 1 + tape.below(4) }, () => tape.below(TYPES.length));
  const functions = [...IMPORTED_FUNCTIONS, ...defined];
  const bodies = defined.map((type) => functionBody(tape, flavour, functions, type));
  const imports = IMPORTED_FUNCTIONS.map((type, index) => importEntry(`log${index}`, [0, type]));
  const memory = [1, MEMORY_SIZE.minimum, MEMORY_SIZE.maximum];
  if (flavour.importsMemory) imports.push(importEntry("memory", [2, ...memory]));
  const bytes = [
    ...HEADER,
    ...section(1, TYPES.map(functionType)),
    ...section(2, imports),
    ...section(3, defined.map(unsigned)),
    ...section(4, [...TABLES].map(tableEntry)),
    ...section(5, flavour.importsMemory ? [] : [memory]),
    ...section(13, TAGS.map((type) => [0, type])),
    ...section(6, [...GLOBALS].map((type, index) => globalEntry(tape, type, index))),
    ...section(7, exportEntries(defined.length)),
    ...section(9, elementSegments(functions.length)),
    12,
    1,
    2,
    ...section(10, bodies),
    ...section(11, [
      [0, ...i32Const(4090), 0x0b, ...sized([1, 2, 3, 4, 5, 6, 7, 8, 9])],
      [1, ...sized([0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x11, 0x22])],
    ]),
  ];
  return { bytes: new Uint8Array(bytes), functions: defined.map((type) => signature(type).params) };
}

function functionBody(
  tape: Tape,
  flavour: Flavour,
  functions: readonly number[],
  type: number,
): number[] {
  const { params, results } = signature(type);
  const own = `ii${tape.pick(["", "I", "fF", "vr", "x"])}`;
  const code = new CodeBuilder(tape, flavour, functions, params + own, results);
  code.emit(...TICK);
  statements(code);
  code.settle();
  const locals = [...own].map((letter) => [1, ...types(letter)]);
  return sized([...unsigned(locals.length), ...locals.flat(), ...code.bytes, 0x0b]);
}

function importEntry(field: string, description: number[]): number[] {
  return [...name("env"), ...name(field), ...description];
}

function tableEntry(element: string): number[] {
  return [TYPE_CODES[element] ?? 0, 1, TABLE_SIZE.minimum, TABLE_SIZE.maximum];
}

function globalEntry(tape: Tape, type: string, index: number): number[] {
  const value = index === 0 ? i32Const(TICKS) : constant(tape, type);
  return [TYPE_CODES[type] ?? 0, 1, ...value, 0x0b];
}

function exportEntries(defined: number): number[][] {
  const entry = (text: string, kind: number, index: number) => [...name(text), kind, index];
  const functions = Array.from({ length: defined }, (_, index) => index);
  return [
    ...functions.map((index) => entry(`f${index}`, 0, IMPORTED_FUNCTIONS.length + index)),
    ...IMPORTED_FUNCTIONS.map((_, index) => entry(`log${index}`, 0, index)),
    ...[...TABLES].map((_, index) => entry(`table${index}`, 1, index)),
    entry("memory", 2, 0),
    ...[...GLOBALS].map((_, index) => entry(`global${index}`, 3, index)),
  ];
}

/** One active segment that fills the first table, and one passive one. */
function elementSegments(functions: number): number[][] {
  const indices = Array.from({ length: TABLE_SIZE.minimum }, (_, place) => place % functions);
  return [
    [0, ...i32Const(0), 0x0b, ...sized(indices)],
    [1, 0, ...sized([functions - 1, 0, functions - 1])],
  ];
}

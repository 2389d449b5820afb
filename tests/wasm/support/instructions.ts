import { OPCODES } from "../../../wasm/opcodes.ts";
import { unsigned } from "./encode.ts";
import type { Tape } from "./tape.ts";
import { offset } from "./constants.ts";

/** An instruction that takes and leaves fixed types, with what makes its immediates. */
export interface Plain {
  name: string;
  takes: string;
  leaves: string;
  encode: (tape: Tape) => number[];
}

/** Bytes of an opcode. */
export function opcodeBytes(opcode: number): number[] {
  return opcode < 0x100 ? [opcode] : [opcode >> 16, ...unsigned(opcode & 0xffff)];
}

/** Bytes that a load or store touches, from its name. */
export function accessBytes(instruction: string): number {
  const [type = "", access = ""] = instruction.split(".");
  const pairs = /load(\d+)x(\d+)/.exec(access);
  if (pairs) return 8;
  const bits = /(?:load|store)(\d+)/.exec(access)?.[1] ?? /\d+/.exec(type)?.[0];
  return Number(bits) / 8;
}

/** Lanes that an instruction with a lane index chooses from. */
export function laneCount(instruction: string): number {
  const shape = /^[if]\d+x(\d+)/.exec(instruction);
  if (shape) return Number(shape[1]);
  return 16 / accessBytes(instruction);
}

function immediates(instruction: string, kind: string): ((tape: Tape) => number[]) | undefined {
  const memory = (tape: Tape) => {
    const most = Math.log2(accessBytes(instruction));
    return [tape.below(most + 1), ...unsigned(offset(tape))];
  };
  switch (kind) {
    case "none":
      return () => [];
    case "memory":
      return memory;
    case "memory+lane":
      return (tape) => [...memory(tape), tape.below(laneCount(instruction))];
    case "lane":
      return (tape) => [tape.below(laneCount(instruction))];
    case "16 bytes":
      return (tape) => Array.from({ length: 16 }, () => tape.below(32));
  }
}

/** All instructions of numbers, vectors and memory, from the table that the rewriting uses. */
export const PLAIN: readonly Plain[] = [...OPCODES].flatMap(([opcode, entry]) => {
  const { name, takes, leaves } = entry;
  const make = immediates(name, entry.immediates);
  if (make === undefined || /[?*r]/.test(takes + leaves) || takes === "") return [];
  return [{ name, takes, leaves, encode: (tape) => [...opcodeBytes(opcode), ...make(tape)] }];
});

const NAN_PRODUCER =
  /^(f32|f64|f32x4|f64x2)\.(ceil|floor|trunc|nearest|sqrt|add|sub|mul|div|min|max|demote.*|promote.*)$/;

/** Instructions whose result has the same bits on every engine. */
export const EXACT: readonly Plain[] = PLAIN.filter(({ name }) => !NAN_PRODUCER.test(name));

/** Stores of every width. */
export const STORES: readonly Plain[] = PLAIN.filter(({ name }) => name.includes("store"));

import { i32Const, OP, unsigned, withIndex } from "../assemble.ts";
import type { BodyContext, Pass } from "../body.ts";
import type { Instruction } from "../decode.ts";
import { perOpcode } from "../opcodes.ts";
import { F32, F64, I32, I64, V128 } from "../types.ts";
import type { Writer } from "../writer.ts";
import { MarkScopes } from "./marks.ts";

/** Bytes of a page of the dirty map, as a power of two. */
export const PAGE_SHIFT = 12;

/**
 * A mark stands for its page and the next, so it covers every store less than this behind the marked
 * address (16 bytes is the widest store).
 */
const COVERED_BYTES = (1 << PAGE_SHIFT) - 16;

/** The offset to mark for a store: small ones are covered by a mark of the base address. */
function markedOffset(offset: number): number {
  return offset < COVERED_BYTES ? 0 : offset;
}

const TYPES: Record<string, number> = { i32: I32, i64: I64, f32: F32, f64: F64, v128: V128 };

/** For a store: the type of what it stores. */
const STORED = perOpcode((name) => {
  const match = /^(i32|i64|f32|f64|v128)\.store(?:\d+|\d+_lane)?$/.exec(name);
  return TYPES[match?.[1] ?? ""];
});

type Role = "open" | "loop" | "middle" | "end" | "set" | undefined;

/** What an instruction means for which marks hold. */
const ROLES = perOpcode((name): Role => {
  if (/^(block|if|try|try_table)$/.test(name)) return "open";
  if (name === "loop") return "loop";
  if (/^(else|catch|catch_all)$/.test(name)) return "middle";
  if (name === "end" || name === "delegate") return "end";
  return name === "local.set" || name === "local.tee" ? "set" : undefined;
});

interface Event {
  role: Role | "store";
  /** The local that is set, or through which is stored. */
  local: number;
  offset: number;
  /** Whether a mark is put in for it: `finish` decides. */
  isNeeded: boolean;
}

/**
 * Marks the pages that stores write, after each store, in the dirty map.
 *
 * Even code that corrupts the guest cannot hide a write: the map lies in a memory of its own, which no
 * instruction of the guest can name.
 *
 * A store through a local whose page is known to be marked needs no mark of its own: which those are is
 * decided when the whole body has been seen.
 */
export class DirtyPass implements Pass {
  readonly #context: BodyContext;
  readonly #storeByte: readonly number[];
  readonly #events: Event[] = [];
  /** How often each local is set. */
  readonly #sets = new Map<number, number>();

  constructor(context: BodyContext, map: number) {
    this.#context = context;
    this.#storeByte = storeByte(map);
  }

  /** Instructions at which marks come or go. */
  static readonly concerns = perOpcode((_name, _opcode, id) =>
    STORED[id] !== undefined || ROLES[id] !== undefined
  );

  instruction({ info, first, start, end }: Instruction): void {
    const type = STORED[info.id];
    if (type !== undefined) this.#store(start, end, first, type);
    const role = ROLES[info.id];
    if (role !== undefined) this.#events.push({ role, local: first, offset: 0, isNeeded: false });
    if (role === "set") count(this.#sets, first);
  }

  finish(): void {
    const scopes = new MarkScopes(this.#sets);
    for (const event of this.#events) this.#place(event, scopes);
  }

  /** Keeps the place for a mark: at one position, edits stand in the order in which they are made. */
  #mayMark(role: Event["role"], local: number, offset: number, at: number): void {
    const event: Event = { role, local, offset, isNeeded: false };
    this.#events.push(event);
    this.#context.edits.insert(at, (into) => {
      if (event.isNeeded) this.#writeMark(local, offset, into);
    });
  }

  #place(event: Event, scopes: MarkScopes): void {
    const { role, local, offset } = event;
    switch (role) {
      case undefined:
        return;
      case "set":
        return scopes.assign(local);
      case "open":
      case "loop":
        return scopes.open(role === "loop");
      case "middle":
        return scopes.restart();
      case "end":
        return scopes.close();
      case "store":
        if (isCovered(scopes.markedOffset(local), offset)) return;
    }
    event.isNeeded = true;
    scopes.mark(local, markedOffset(offset));
  }

  #store(start: number, end: number, offset: number, type: number): void {
    const { edits, operands, scratch } = this.#context;
    const local = operands.localBelow(1);
    if (local >= 0) {
      this.#mayMark("store", local, offset, end);
      return;
    }
    const address = scratch.local("address", I32);
    const value = scratch.local("value", type);
    edits.insert(start, [
      ...withIndex(OP.localSet, value),
      ...withIndex(OP.localTee, address),
      ...withIndex(OP.localGet, value),
    ]);
    edits.insert(end, (into) => this.#writeMark(address, offset, into));
  }

  #writeMark(local: number, storeOffset: number, into: Writer): void {
    const offset = markedOffset(storeOffset);
    into.byte(OP.localGet).u32(local);
    if (offset !== 0) into.raw(i32Const(offset)).byte(OP.i32Add);
    into.raw(TO_PAGE).raw(this.#storeByte);
  }
}

/** Code that turns an address into the number of its page, and puts a byte of 1 on the stack. */
const TO_PAGE = [...i32Const(PAGE_SHIFT), OP.i32ShrU, ...i32Const(1)];

function isCovered(marked: number | undefined, offset: number): boolean {
  return marked !== undefined && offset >= marked && offset - marked < COVERED_BYTES;
}

function count(counts: Map<number, number>, local: number): void {
  counts.set(local, (counts.get(local) ?? 0) + 1);
}

/** `i32.store8` into the memory of the dirty map; the page's number is on the stack, below the byte. */
export function storeByte(memory: number): number[] {
  return [0x3a, 0x40, ...unsigned(memory), 0];
}

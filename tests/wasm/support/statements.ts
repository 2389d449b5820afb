import { address, offset } from "./constants.ts";
import { EXACT, PLAIN, type Plain, STORES } from "./instructions.ts";
import { i32Const, unsigned } from "./encode.ts";
import { GLOBALS, TABLES } from "./environment.ts";
import type { CodeBuilder } from "./code_builder.ts";
import { type Statement, STRUCTURE } from "./structure.ts";

const I32_AND = 0x71;

function plain(code: CodeBuilder, instruction: Plain): void {
  code.take(instruction.takes);
  code.emit(...instruction.encode(code.tape)).push(instruction.leaves);
}

function arithmetic(code: CodeBuilder): void {
  plain(code, code.tape.pick(code.flavour.floats ? PLAIN : EXACT));
}

/** A few stores through one local, which may change between them. */
function storesThroughLocal(code: CodeBuilder): void {
  const { tape } = code;
  const locals = code.localsOf("i");
  if (locals.length === 0) return;
  const local = tape.pick(locals);
  if (tape.oneIn(2)) code.emit(...address(tape), 0x21, ...unsigned(local));
  for (let count = tape.below(4); count >= 0; count--) {
    const store = tape.pick(STORES);
    if (tape.oneIn(6)) code.emit(...address(tape), 0x22, ...unsigned(local));
    else code.emit(0x20, ...unsigned(local));
    code.push("i");
    code.values(store.takes.slice(1));
    if (tape.oneIn(8)) code.emit(...address(tape), 0x21, ...unsigned(local));
    code.top.stack.length -= store.takes.length;
    code.emit(...store.encode(tape));
  }
}

/** A store to an address that arithmetic gives, kept inside of the memory. */
function storeSomewhere(code: CodeBuilder): void {
  const store = code.tape.pick(STORES);
  code.take("i");
  code.emit(...i32Const(0x1ffff), I32_AND).push("i");
  code.values(store.takes.slice(1));
  code.top.stack.length -= store.takes.length;
  code.emit(...store.encode(code.tape));
}

function setLocal(code: CodeBuilder): void {
  const index = code.tape.below(code.locals.length);
  const type = code.locals[index] ?? "i";
  code.take(type);
  const isTee = code.tape.oneIn(3);
  code.emit(isTee ? 0x22 : 0x21, ...unsigned(index)).push(isTee ? type : "");
}

function setGlobal(code: CodeBuilder): void {
  const index = 1 + code.tape.below(GLOBALS.length - 1);
  code.take(GLOBALS[index] ?? "i");
  code.emit(0x24, index);
}

function select(code: CodeBuilder): void {
  const type = code.tape.pick(["i", "I", "f", "F", "v"]);
  code.take(`${type}${type}i`);
  code.emit(0x1b).push(type);
}

function drop(code: CodeBuilder): void {
  const type = code.top.stack.pop();
  if (type !== undefined) code.emit(0x1a);
}

function bulkMemory(code: CodeBuilder): void {
  const { tape } = code;
  if (tape.oneIn(3)) {
    code.emit(...address(tape), ...i32Const(tape.below(12)), ...i32Const(tape.below(10)));
    code.emit(0xfc, 8, 1, 0);
    return;
  }
  const length = tape.pick([0, 1, 7, 16, 300, 4096, 5000, 70000]);
  code.emit(...address(tape), ...address(tape), ...i32Const(length));
  code.emit(0xfc, ...(tape.oneIn(2) ? [10, 0, 0] : [11, 0]));
}

function tables(code: CodeBuilder): void {
  const { tape } = code;
  const table = tape.below(TABLES.length);
  const element = TABLES[table] ?? "r";
  const place = () => code.emit(...i32Const(tape.below(10)));
  switch (tape.below(7)) {
    case 0:
      code.take(`i${element}`);
      return void code.emit(0x26, table);
    case 1:
      place();
      return code.emit(0x25, table).push(element);
    case 2:
      return code.emit(0xfc, 16, table).push("i");
    case 3:
      place();
      code.values(element);
      code.top.stack.pop();
      place();
      return void code.emit(0xfc, 17, table);
    case 4:
      place().emit(...i32Const(tape.below(10)), ...i32Const(tape.below(4)));
      return void code.emit(0xfc, 14, table, table);
    case 5:
      place().emit(...i32Const(tape.below(4)), ...i32Const(tape.below(4)));
      return void code.emit(0xfc, 12, 1, 0);
    default:
      place();
      code.values(element);
      code.top.stack.pop();
      return void code.emit(0x26, table);
  }
}

function references(code: CodeBuilder): void {
  const type = code.tape.pick(["r", "x"]);
  code.take(type);
  code.emit(0xd1).push("i");
}

function growth(code: CodeBuilder): void {
  const { tape } = code;
  if (!code.flavour.growth) return void code.emit(0x3f, 0).push("i");
  switch (tape.below(4)) {
    case 0:
      return code.emit(0x41, tape.below(2), 0x40, 0).push("i");
    case 1:
      code.values("x");
      code.top.stack.pop();
      return code.emit(0x41, tape.below(3), 0xfc, 15, 1).push("i");
    case 2:
      return void code.emit(0xfc, 9, 1);
    default:
      return void code.emit(0xfc, 13, 1);
  }
}

function load(code: CodeBuilder): void {
  code.emit(...address(code.tape), 0x28, 2, ...unsigned(offset(code.tape))).push("i");
}

const ORDINARY: readonly Statement[] = [
  arithmetic,
  arithmetic,
  arithmetic,
  setLocal,
  setLocal,
  storesThroughLocal,
  storeSomewhere,
  setGlobal,
  select,
  drop,
  bulkMemory,
  tables,
  references,
  growth,
  load,
  ...STRUCTURE,
];

const STORING: readonly Statement[] = [
  storesThroughLocal,
  storesThroughLocal,
  storesThroughLocal,
  storeSomewhere,
  setLocal,
  bulkMemory,
  ...STRUCTURE,
];

/** Writes random instructions into the innermost block. */
export function statements(code: CodeBuilder): void {
  const count = code.tape.below(code.blocks.length > 5 ? 2 : 12);
  for (let index = 0; index <= count && !code.tape.isSpent; index++) {
    code.tape.pick(code.flavour.stores ? STORING : ORDINARY)(code, statements);
  }
}

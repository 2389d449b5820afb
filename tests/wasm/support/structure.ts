import { type Block, type CodeBuilder, emptyBlock } from "./code_builder.ts";
import { i32Const, signed, TYPE_CODES, unsigned, vector } from "./encode.ts";
import { signature, TAGS, TYPES } from "./environment.ts";

/** Writes one statement; `nested` writes what stands in its blocks. */
export type Statement = (code: CodeBuilder, nested: (code: CodeBuilder) => void) => void;

/** Code that counts down the first global and traps at 0, so that every program ends. */
export const TICK: readonly number[] = [
  ...[0x23, 0, 0x45, 0x04, 0x40, 0x00, 0x0b],
  ...[0x23, 0, 0x41, 1, 0x6b, 0x24, 0],
];

/** Types that blocks have: some of the module's types, and single results. */
const BLOCK_TYPES = [0, 0, 0, 1, 3, 4, 5, 6, 8, 9, 10, 11];

function blockType(type: number): number[] {
  const { params, results } = signature(type);
  if (params !== "" || results.length > 1) return signed(BigInt(type));
  return results === "" ? [0x40] : [TYPE_CODES[results] ?? 0x40];
}

/** Takes the operands that a block of a type starts with; gives the type. */
function anyBlockType(code: CodeBuilder): number {
  const type = code.tape.pick(BLOCK_TYPES);
  code.take(signature(type).params);
  return type;
}

/** Opens a block, whose operands have been taken. */
function open(code: CodeBuilder, opcode: number, type: number, clauses: number[] = []): Block {
  const { params, results } = signature(type);
  code.emit(opcode, ...blockType(type), ...clauses);
  const label = opcode === 0x03 ? params : results;
  const isTry = opcode === 0x06;
  const block = { label, results, stack: [...params], isUnreachable: false, isCatch: false, isTry };
  code.blocks.push(block);
  return block;
}

function close(code: CodeBuilder, ...ending: number[]): void {
  code.settle();
  const { results } = code.top;
  code.blocks.pop();
  code.emit(...ending).push(results);
}

/** Starts another arm of the innermost block. */
function restart(code: CodeBuilder, operands: string, isCatch: boolean, ...opcode: number[]): void {
  code.settle();
  code.emit(...opcode);
  Object.assign(code.top, { stack: [...operands], isUnreachable: false, isCatch, isTry: false });
}

const block: Statement = (code, nested) => {
  open(code, 0x02, anyBlockType(code));
  nested(code);
  close(code, 0x0b);
};

const loop: Statement = (code, nested) => {
  open(code, 0x03, anyBlockType(code));
  code.emit(...TICK);
  nested(code);
  close(code, 0x0b);
};

const conditional: Statement = (code, nested) => {
  const type = code.tape.pick(BLOCK_TYPES);
  const { params, results } = signature(type);
  code.take(`${params}i`);
  open(code, 0x04, type);
  nested(code);
  if (params !== results || code.tape.oneIn(2)) {
    restart(code, params, false, 0x05);
    nested(code);
  }
  close(code, 0x0b);
};

/** Depths of the open blocks that take these types at a branch, or all. */
function labels(code: CodeBuilder, wanted?: string): number[] {
  return code.blocks.toReversed().flatMap(({ label }, depth) =>
    wanted === undefined || label === wanted ? [depth] : []
  );
}

function labelAt(code: CodeBuilder, depth: number): string {
  return code.blocks.at(-1 - depth)?.label ?? "";
}

const branch: Statement = (code) => {
  const depth = code.tape.pick(labels(code));
  code.take(labelAt(code, depth));
  code.emit(0x0c, ...unsigned(depth)).unreachable();
};

const branchIf: Statement = (code) => {
  const depth = code.tape.pick(labels(code));
  const types = labelAt(code, depth);
  code.take(`${types}i`);
  code.emit(0x0d, ...unsigned(depth)).push(types);
};

const branchTable: Statement = (code) => {
  const { tape } = code;
  const types = labelAt(code, tape.pick(labels(code)));
  const fitting = labels(code, types);
  code.take(types);
  code.push(types);
  code.emit(...i32Const(tape.below(5)));
  const targets = Array.from({ length: tape.below(4) }, () => unsigned(tape.pick(fitting)));
  code.emit(0x0e, ...vector(targets), ...unsigned(tape.pick(fitting))).unreachable();
};

const leave: Statement = (code) => {
  if (code.tape.oneIn(4)) return code.emit(0x00).unreachable();
  code.take(code.results);
  code.emit(0x0f).unreachable();
};

const call: Statement = (code) => {
  const index = code.tape.below(code.functions.length);
  const type = code.functions[index] ?? 0;
  const { params, results } = signature(type);
  const isTail = results === code.results && code.tape.oneIn(2);
  code.take(params);
  code.emit(isTail ? 0x12 : 0x10, ...unsigned(index));
  if (isTail) code.unreachable();
  else code.push(results);
};

const callIndirect: Statement = (code) => {
  const type = code.tape.below(TYPES.length);
  const { params, results } = signature(type);
  const isTail = results === code.results && code.tape.oneIn(2);
  code.take(params);
  code.emit(...i32Const(code.tape.below(8)));
  code.emit(isTail ? 0x13 : 0x11, ...unsigned(type), 0);
  if (isTail) code.unreachable();
  else code.push(results);
};

const throwTag: Statement = (code) => {
  const tag = code.tape.below(TAGS.length);
  code.take(signature(TAGS[tag] ?? 0).params);
  code.emit(0x08, tag).unreachable();
};

/**
 * Labels that `delegate` may have, counted from outside of the innermost block. JavaScriptCore takes no
 * others than those of `try` and of the function.
 */
function delegateTargets(code: CodeBuilder): number[] {
  const outer = code.blocks.slice(0, -1).toReversed();
  return outer.flatMap(({ isTry }, depth) => isTry || depth === outer.length - 1 ? [depth] : []);
}

const legacyTry: Statement = (code, nested) => {
  const { tape } = code;
  open(code, 0x06, anyBlockType(code));
  nested(code);
  const targets = delegateTargets(code);
  if (targets.length > 0 && tape.oneIn(5)) {
    return close(code, 0x18, ...unsigned(tape.pick(targets)));
  }
  for (let tag = 0; tag < TAGS.length; tag++) {
    if (!tape.oneIn(2)) continue;
    restart(code, signature(TAGS[tag] ?? 0).params, true, 0x07, tag);
    nested(code);
  }
  if (tape.oneIn(2)) {
    restart(code, "", true, 0x19);
    nested(code);
  }
  close(code, 0x0b);
};

const rethrow: Statement = (code) => {
  const depths = code.blocks.toReversed().flatMap(({ isCatch }, depth) => isCatch ? [depth] : []);
  if (depths.length === 0) return;
  code.emit(0x09, ...unsigned(code.tape.pick(depths))).unreachable();
};

/** `try_table` with a clause for every label that takes what the clause gives. */
const tryTable: Statement = (code, nested) => {
  const { tape } = code;
  const type = anyBlockType(code);
  const clauses: number[][] = [];
  for (let count = tape.below(4); count > 0; count--) {
    const tag = tape.below(TAGS.length);
    const kind = tape.below(4);
    const carried = (kind < 2 ? signature(TAGS[tag] ?? 0).params : "") + (kind % 2 ? "e" : "");
    const fitting = labels(code, carried);
    if (fitting.length === 0) continue;
    clauses.push([kind, ...(kind < 2 ? [tag] : []), ...unsigned(tape.pick(fitting))]);
  }
  open(code, 0x1f, type, vector(clauses));
  nested(code);
  close(code, 0x0b);
};

/** A block that catches everything, with the exception or without, and perhaps throws it again. */
const catchAll: Statement = (code, nested) => {
  code.emit(0x02, 0x69);
  code.blocks.push(emptyBlock("e"));
  code.emit(0x1f, 0x40, 1, 3, 0);
  code.blocks.push(emptyBlock(""));
  nested(code);
  close(code, 0x0b);
  nested(code);
  close(code, 0x0b);
  if (!code.tape.oneIn(3)) return;
  code.take("e");
  code.emit(0x0a).unreachable();
};

const guarded: Statement = (code, nested) => {
  const isLegacy = code.flavour.exceptions === "legacy";
  // JavaScriptCore refuses valid handlers in code that cannot be reached.
  if (isLegacy && code.blocks.some(({ isUnreachable }) => isUnreachable)) return;
  const kinds = isLegacy ? [legacyTry, legacyTry, rethrow] : [tryTable, catchAll];
  code.tape.pick(kinds)(code, nested);
};

/** Statements that branch, call, throw and open blocks. */
export const STRUCTURE: readonly Statement[] = [
  block,
  loop,
  conditional,
  branch,
  branchIf,
  branchIf,
  branchTable,
  leave,
  call,
  callIndirect,
  throwTag,
  guarded,
  guarded,
];

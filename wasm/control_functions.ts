import type { Additions } from "./additions.ts";
import { i32Const, i64Const, OP, withIndex } from "./assemble.ts";
import { NAMES } from "./layout.ts";
import { F64, I32 } from "./types.ts";

/** An added function that is exported. */
export interface ControlExport {
  name: string;
  index: number;
}

/**
 * Functions through which the host drives the guest: one call is several times faster than as many reads
 * and writes of globals.
 */
export function addControlFunctions(additions: Additions): ControlExport[] {
  const { fuel, reserve, stack, stop, stale, tableWritten } = additions;
  const get = (global: number) => withIndex(OP.globalGet, global);
  const set = (global: number) => withIndex(OP.globalSet, global);
  const zero = (global: number) => [...i32Const(0), ...set(global)];
  const pairs = mutableGlobals(additions);
  const begin = additions.function("begin", [F64, I32], [], () => [
    ...[...withIndex(OP.localGet, 0), OP.i64TruncF64S, ...set(reserve)],
    ...[...i64Const(0), ...set(fuel)],
    ...[...withIndex(OP.localGet, 1), ...set(stack)],
    ...zero(stop),
  ]);
  const left = additions.function("left", [], [F64], () => [
    ...[...get(fuel), ...get(reserve), OP.i64Add, OP.f64ConvertI64S],
  ]);
  const reason = additions.function("reason", [], [I32], () => get(stop));
  const save = additions.function("save", [], [], () => [
    ...[...zero(stale), ...zero(tableWritten)],
    ...pairs.flatMap(([global, saved]) => [...get(global), ...set(saved)]),
  ]);
  const restore = additions.function("restore", [], [], () => [
    ...zero(tableWritten),
    ...pairs.flatMap(([global, saved]) => [...get(saved), ...set(global)]),
  ]);
  const changes = additions.function("changes", [], [I32], () => [
    ...[...get(stale), ...get(tableWritten), ...i32Const(1), OP.i32Shl, OP.i32Or],
  ]);
  return [
    { name: NAMES.begin, index: begin },
    { name: NAMES.left, index: left },
    { name: NAMES.reason, index: reason },
    { name: NAMES.save, index: save },
    { name: NAMES.restore, index: restore },
    { name: NAMES.changes, index: changes },
  ];
}

/** Each mutable global of the module with the one that saves it. */
export function mutableGlobals(
  additions: Additions,
): [global: number, saved: number, type: number][] {
  return additions.module.globals
    .map((global, index) => ({ ...global, index }))
    .filter((global) => global.mutable)
    .map(({ index, type }, place) => [additions.global(index), additions.firstSaved + place, type]);
}

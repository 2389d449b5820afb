import type { Stop } from "../wasm/mod.ts";

/**
 * What engines say of traps, and our own words for it: the same fault must read alike on all of them. V8 and
 * JavaScriptCore word each differently, and tell not all of them apart.
 */
const TRAPS: readonly (readonly [RegExp, string])[] = [
  [/^unreachable/i, "unreachable executed"],
  [/^memory access out of bounds|^out of bounds memory access/i, "out of bounds memory access"],
  [/data segment/i, "out of bounds memory access"],
  [/element segment|^element is/i, "out of bounds table access"],
  [/^divide by zero|^remainder by zero|^division by zero/i, "division by zero"],
  [/^divide result unrepresentable|^integer overflow/i, "integer overflow"],
  [
    /^float unrepresentable|^out of bounds trunc/i,
    "a number does not fit into the integer that it is converted to",
  ],
  [/^table|^out of bounds (table|call_indirect)/i, "out of bounds table access"],
  [
    /signature|null function|call_indirect/i,
    "called through a table where there is no function of that type",
  ],
  [/null/i, "used a null reference"],
];

/** What is said of any other trap. */
const ANY_TRAP = "it trapped";

/**
 * What a trap, or an exception that the guest did not catch, is called on every engine alike. What the host
 * threw keeps its message, but where the machine itself gave up.
 */
export function trapMessage({ reason, message, cause }: Stop): string {
  if (cause instanceof RangeError) return "the machine has not enough stack or memory for it";
  if (reason !== "trap") return message;
  if (!(cause instanceof WebAssembly.RuntimeError)) return "an exception was not caught";
  return TRAPS.find(([pattern]) => pattern.test(withoutPlace(message)))?.[1] ?? ANY_TRAP;
}

/** V8 puts the function that was called in front of what happened while instantiating. */
function withoutPlace(message: string): string {
  return message.replace(/^WebAssembly\.\w+\(\): /, "");
}

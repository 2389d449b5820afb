import { HOSTILE } from "./hostile.ts";
import { REACHABLE } from "./reachable.ts";

/** How big the hostile values are. */
export interface Scale {
  /** Length of long texts and of typed arrays in bytes. */
  size: number;
  /** Depth of nested arrays. */
  depth: number;
  /** Bits of huge BigInts. */
  bits: number;
}

/**
 * The guest of these tests: its exports call built-in number `f` on the value and with the arguments of
 * the given names, once or `again` and again.
 */
export function guestCode({ size, depth, bits }: Scale): string {
  return `${REACHABLE}
const SIZE = ${size}, DEPTH = ${depth}, BITS = ${bits};
${HOSTILE}
const { isPrototypeOf } = Object.prototype;

/** Runs what may be lazy to its end, and says what it was. */
function finish(result) {
  if (typeof result === "object" && result !== null && typeof result.next === "function") {
    while (result.next().done === false);
  }
  return typeof result;
}

export const call = (f, value, args) => {
  const { fn } = functions[f];
  return finish(apply(fn, values[value], argumentLists[args](fn, values[value])));
};

/** The value is what \`new.target\` is, if it can be: its prototype is looked up there. */
export const build = (f, value, args) => {
  const { fn } = functions[f];
  const target = typeof values[value] === "function" ? values[value] : fn;
  return finish(construct(fn, argumentLists[args](fn, fn), target));
};

const entries = { call, build };

/** Until the fuel is spent: what one call may do for nothing, many do for long. */
export const again = (entry, f, value, args) => {
  for (;;) {
    try { entries[entry](f, value, args) } catch {}
  }
};

/** What there is to call, and which values are of the kind that each function is a method of. */
export const describe = () => JSON.stringify({
  functions: functions.map(({ path, fn, owner, isConstructor }) => ({
    path,
    isConstructor,
    // Whether a proxy inherits from the owner is the proxy's own lie.
    natural: names.filter((name) =>
      !name.startsWith("proxy") && isPrototypeOf.call(owner, Object(values[name]))
    ),
  })),
  values: names,
  argumentLists: Object.keys(argumentLists),
});

/** A plain loop: the measure of how fast fuel may burn. */
export const plain = () => { for (;;); };

export const right = (list) => list.map((x) => x + 1).join();
`;
}

/** What the guest says there is to call (guest.ts). */
export interface Described {
  functions: { path: string; isConstructor: boolean; natural: string[] }[];
  /** Names of the values that built-ins are called on. */
  values: string[];
  /** Names of the lists of arguments. */
  argumentLists: string[];
}

/** One call of one built-in. */
export interface Combination {
  /** The guest's export: `build` is with `new`. */
  entry: "call" | "build";
  /** Number of the built-in. */
  index: number;
  path: string;
  value: string;
  args: string;
}

/** Primes, so that neighbours meet different lists of arguments. */
const BY_FUNCTION = 7;
const BY_VALUE = 13;

/**
 * Every built-in on every value, each time with other arguments; every built-in with every list of
 * arguments, on the values that it is a method of; every constructor with every list of arguments.
 */
export function* combinations(
  { functions, values, argumentLists }: Described,
): Generator<Combination> {
  for (const [index, { path, isConstructor, natural }] of functions.entries()) {
    const on = (entry: Combination["entry"], value: string, args: string): Combination => ({
      entry,
      index,
      path,
      value,
      args,
    });
    for (const [place, value] of values.entries()) {
      yield on("call", value, at(argumentLists, index * BY_FUNCTION + place * BY_VALUE));
    }
    const receivers = natural.length > 0 ? natural : values;
    for (const [place, args] of argumentLists.entries()) {
      yield on("call", at(receivers, index + place), args);
      if (isConstructor) yield on("build", at(values, index + place), args);
    }
  }
}

/** Reads a list that goes round. */
function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? "";
}

/** For messages: `new Array(numbers1) on map`. */
export function nameOf({ entry, path, value, args }: Combination): string {
  return `${entry === "build" ? "new " : ""}${path}(${args}) on ${value}`;
}

const MAX_LENGTH = 120;
const MAX_DEPTH = 4;

/** A value as one short line for a message: at most 120 characters, the rest left out. */
export function preview(value: unknown): string {
  const text = print(value, MAX_LENGTH, 0);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}

/** Prints until at least `budget` characters are there, so that a huge value costs little. */
function print(value: unknown, budget: number, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, budget));
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (depth === MAX_DEPTH) return "…";
  const inner = (item: unknown, left: number) => print(item, left, depth + 1);
  if (Array.isArray(value)) return `[${join(value, budget, inner)}]`;
  if (ArrayBuffer.isView(value)) {
    const items = value as ArrayBufferView & Iterable<unknown>;
    return `${value.constructor.name}[${join(items, budget, inner)}]`;
  }
  if (value instanceof Set) return `Set{${join(value, budget, inner)}}`;
  const pair = ([key, item]: [unknown, unknown], left: number) =>
    `${typeof key === "string" ? key.slice(0, left) : inner(key, left)}: ${inner(item, left)}`;
  if (value instanceof Map) return `Map{${join(value, budget, pair)}}`;
  return `{${join(Object.entries(value), budget, pair)}}`;
}

function join<T>(
  items: Iterable<T>,
  budget: number,
  printItem: (item: T, left: number) => string,
): string {
  let text = "";
  for (const item of items) {
    if (text !== "") text += ", ";
    if (text.length > budget) return `${text}…`;
    text += printItem(item, budget - text.length);
  }
  return text;
}

/** Who threw what, for a message: never runs code of the thrown thing but `toString` of an error. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  return preview(thrown);
}

import type { TypedArray, Value } from "../../sandbox/values/value.ts";
import { escapeLine } from "./escape.ts";

/** How much of a value is shown. */
export interface FormatOptions {
  /** About how many characters to write before the rest is only counted. */
  maxLength?: number;
  /** How many levels of nesting to show. */
  maxDepth?: number;
}

interface Room {
  left: number;
  depth: number;
}

/**
 * A value in JavaScript's literal syntax on one line: `[1, -0, NaN, 12n, "a\nb"]`.
 *
 * What a terminal would act on is escaped. Where the room runs out the rest is counted instead:
 * `[1, 2, … 98 more]`.
 */
export function formatValue(value: Value, options: FormatOptions = {}): string {
  const { maxLength = 400, maxDepth = 12 } = options;
  return format(value, { left: maxLength, depth: maxDepth });
}

function format(value: Value, room: Room): string {
  return typeof value === "object" && value !== null
    ? formatObject(value, room)
    : formatPrimitive(value, room);
}

function formatPrimitive(value: Exclude<Value, object> | null, room: Room): string {
  if (typeof value === "string") return formatString(value, room);
  return spend(primitiveText(value), room);
}

function primitiveText(value: Exclude<Value, object | string> | null): string {
  if (typeof value === "bigint") return shorten(`${value}`, 200, "digits") + "n";
  return Object.is(value, -0) ? "-0" : String(value);
}

function formatString(value: string, room: Room): string {
  const most = Math.max(16, room.left);
  if (value.length <= most) return spend(quote(value), room);
  return spend(`${quote(value.slice(0, most))}… (${value.length} characters)`, room);
}

/** A string literal in double quotes. */
export function quote(text: string): string {
  return `"${escapeLine(text.replace(/["\\]/g, "\\$&"))}"`;
}

function formatObject(value: Value & object, room: Room): string {
  if (value instanceof Date) return spend(formatDate(value), room);
  if (room.depth === 0) return spend("…", room);
  const inner = { left: room.left, depth: room.depth - 1 };
  const text = formatContainer(value, inner);
  room.left = inner.left - 2;
  return text;
}

function formatContainer(value: Exclude<Value & object, Date>, room: Room): string {
  if (Array.isArray(value)) return `[${list(value, value.length, room, format)}]`;
  if (value instanceof Map) {
    return value.size === 0
      ? "new Map()"
      : `new Map([${list(value, value.size, room, formatEntry)}])`;
  }
  if (value instanceof Set) {
    return value.size === 0 ? "new Set()" : `new Set([${list(value, value.size, room, format)}])`;
  }
  if (isTypedArray(value)) {
    const name = Object.prototype.toString.call(value).slice(8, -1);
    return `new ${name}([${list<number | bigint>(value, value.length, room, format)}])`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  return `{ ${list(entries, entries.length, room, formatProperty)} }`;
}

function isTypedArray(value: object): value is TypedArray {
  return ArrayBuffer.isView(value);
}

function formatEntry([key, value]: [Value, Value], room: Room): string {
  return `[${format(key, room)}, ${format(value, room)}]`;
}

function formatProperty([key, value]: [string, Value], room: Room): string {
  return `${spend(formatKey(key), room)}: ${format(value, room)}`;
}

/** A key as it must be written to make that very key: `__proto__` would set the prototype. */
function formatKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  const short = shorten(key, 200, "characters");
  return /^[A-Za-z_$][\w$]*$/.test(short) ? short : quote(short);
}

function formatDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? "new Date(NaN)" : `new Date("${date.toISOString()}")`;
}

/** Items with commas between them, until the room runs out. */
function list<Item>(
  items: Iterable<Item>,
  total: number,
  room: Room,
  formatItem: (item: Item, room: Room) => string,
): string {
  const shown: string[] = [];
  for (const item of items) {
    if (room.left <= 0 && shown.length < total) {
      shown.push(`… ${total - shown.length} more`);
      break;
    }
    shown.push(formatItem(item, room));
    room.left -= 2;
  }
  return shown.join(", ");
}

function shorten(text: string, most: number, unit: string): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}…(${text.length} ${unit})`;
}

function spend(text: string, room: Room): string {
  room.left -= text.length;
  return text;
}

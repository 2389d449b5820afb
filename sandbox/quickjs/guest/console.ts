import { CapturedMap, mapSet, sliceText, uncurry } from "../../values/primordials.ts";
import { formatLine } from "./format_line.ts";
import { textOf } from "./primordials.ts";

/** Takes one line of output: its first character is the level, from 0 (debug) to 4 (error). */
export type WriteLine = (line: string) => void;

const DEBUG = "0";
const LOG = "1";
const INFO = "2";
const WARN = "3";
const ERROR = "4";

type Print = (level: string, args: readonly unknown[], prefix?: string) => void;

const mapGet: (map: Map<string, number>, key: string) => number | undefined = uncurry(
  Map.prototype.get,
);
const now = performance.now;

/** The guest's `console`: every method that programs commonly call, as simple text. */
export function createConsole(write: WriteLine) {
  let indent = "";
  const print: Print = (level, args, prefix = "") => {
    write(level + indent + prefix + formatLine(args));
  };
  const open = (args: readonly unknown[]): void => {
    if (args.length > 0) print(LOG, args);
    indent += "  ";
  };
  return {
    ...levels(print),
    ...views(print),
    ...counters(print),
    ...timers(print),
    group(...args: unknown[]) {
      open(args);
    },
    groupCollapsed(...args: unknown[]) {
      open(args);
    },
    groupEnd() {
      indent = sliceText(indent, 2);
    },
  };
}

function levels(print: Print) {
  return {
    debug(...args: unknown[]) {
      print(DEBUG, args);
    },
    log(...args: unknown[]) {
      print(LOG, args);
    },
    info(...args: unknown[]) {
      print(INFO, args);
    },
    warn(...args: unknown[]) {
      print(WARN, args);
    },
    error(...args: unknown[]) {
      print(ERROR, args);
    },
  };
}

function views(print: Print) {
  return {
    trace(...args: unknown[]) {
      print(DEBUG, args, "Trace: ");
    },
    dir(value: unknown) {
      print(LOG, [value]);
    },
    dirxml(...args: unknown[]) {
      print(LOG, args);
    },
    table(data: unknown) {
      print(LOG, [data]);
    },
    assert(condition: unknown, ...args: unknown[]) {
      if (!condition) print(ERROR, args, "Assertion failed" + (args.length > 0 ? ": " : ""));
    },
  };
}

function counters(print: Print) {
  const counts = new CapturedMap<string, number>();
  return {
    count(label: unknown = "default") {
      const name = textOf(label);
      const count = (mapGet(counts, name) ?? 0) + 1;
      mapSet(counts, name, count);
      print(LOG, [], name + ": " + count);
    },
    countReset(label: unknown = "default") {
      mapSet(counts, textOf(label), 0);
    },
  };
}

function timers(print: Print) {
  const starts = new CapturedMap<string, number>();
  const printTimer = (name: string, args: readonly unknown[]): void => {
    const start = mapGet(starts, name);
    if (start === undefined) return print(WARN, [], "Timer " + name + " does not exist");
    print(LOG, args, name + ": " + (now() - start) + "ms" + (args.length > 0 ? " " : ""));
  };
  return {
    time(label: unknown = "default") {
      mapSet(starts, textOf(label), now());
    },
    timeLog(label: unknown = "default", ...args: unknown[]) {
      printTimer(textOf(label), args);
    },
    timeEnd(label: unknown = "default") {
      const name = textOf(label);
      printTimer(name, []);
      mapSet(starts, name, undefined);
    },
  };
}

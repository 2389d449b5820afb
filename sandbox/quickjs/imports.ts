import type { OutputLevel } from "../outcome.ts";
import { IMPORT_MODULE, type Pointer, type QuickJs } from "./abi.ts";
import type { VirtualClock } from "../world/clock.ts";
import { type Growable, growForHeap } from "./growth.ts";
import type { GuestMemory } from "./guest_memory.ts";
import { writeUtcTime } from "./localtime.ts";
import type { CapturedOutput } from "../world/output.ts";
import { FUEL_PER_LINE } from "../world/prices.ts";

/** The engine gave up: an assertion failed, or it aborted or exited. */
export class EngineFault extends Error {
  override readonly name = "EngineFault";
}

/** What the imports of one instance work on. */
export interface ImportHost extends Growable {
  readonly memory: GuestMemory;
  readonly clock: VirtualClock;
  readonly output: CapturedOutput;
  /** The exports, which exist only after the imports. */
  quickjs(): QuickJs;
}

/** What reading the clock costs. */
const FUEL_PER_CLOCK_READING = 1200;

/** What it costs to break a time down into year, month, day and so on. */
const FUEL_PER_LOCAL_TIME = 4000;

/** The levels by their index in the first character of what the guest's console writes. */
const LEVELS: readonly OutputLevel[] = ["debug", "log", "info", "warn", "error"];

/** Error numbers of WASI. */
const EBADF = 8;
const EINVAL = 28;
const ESPIPE = 70;

/**
 * Everything that the engine may import, named as in its build. Nothing of the host shows through:
 * no clock but the virtual one, no time zone but UTC, no environment, no files, no way out.
 */
export function createImports(host: ImportHost): WebAssembly.Imports {
  const { clock, memory } = host;
  const functions = {
    b: (condition: Pointer) =>
      fault(`an assertion failed: ${memory.readTerminatedText(condition)}`),
    r: () => fault("it aborted"),
    s: (code: number) => fault(`it exited with code ${code}`),
    // Files: writes vanish, and there is nothing to seek or close.
    c: (_file: number, vectors: Pointer, count: number, written: Pointer) =>
      discardWrite(memory, vectors, count, written),
    d: () => EBADF,
    o: () => ESPIPE,
    // Environment: empty.
    e: () => 0,
    f: (count: Pointer, bytes: Pointer) => {
      memory.writeUint32(count, 0);
      memory.writeUint32(bytes, 0);
      return 0;
    },
    // Modules and interrupts: neither the loader nor the handler is ever enabled.
    g: () => fault("it asked for a module's name"),
    h: () => fault("it asked for a module's source"),
    i: () => 0,
    // Timers and exit handlers of the C library: not used by the engine.
    j: () => 0,
    l: () => {},
    u: () => {},
    k: (bytes: number) => growForHeap(host, bytes >>> 0),
    m: (seconds: bigint, address: Pointer) => {
      host.charge(FUEL_PER_LOCAL_TIME);
      writeUtcTime(memory, seconds, address);
    },
    n: (zone: Pointer, daylight: Pointer, standardName: Pointer, daylightName: Pointer) => {
      memory.writeUint32(zone, 0);
      memory.writeUint32(daylight, 0);
      memory.writeText(standardName, 17, "UTC");
      memory.writeText(daylightName, 17, "UTC");
    },
    p: () => {
      host.charge(FUEL_PER_CLOCK_READING);
      return Math.floor(clock.milliseconds());
    },
    q: (id: number, _precision: bigint, address: Pointer) => {
      host.charge(FUEL_PER_CLOCK_READING);
      if (id < 0 || id > 3) return EINVAL;
      memory.writeBigInt64(address, clock.nanosecondsSince1970());
      return 0;
    },
    t: (context: Pointer, _self: Pointer, argc: number, argv: Pointer) =>
      captureLine(host, context, argc, argv),
  };
  return { [IMPORT_MODULE]: { a: host.wasmMemory, ...functions } };
}

function fault(why: string): never {
  throw new EngineFault(`the engine gave up: ${why}`);
}

function discardWrite(
  memory: GuestMemory,
  vectors: Pointer,
  count: number,
  written: Pointer,
): number {
  let bytes = 0;
  for (let index = 0; index < count; index++) bytes += memory.readUint32(vectors + index * 8 + 4);
  memory.writeUint32(written, bytes);
  return 0;
}

/** The guest's console: one text, whose first character is the level. */
function captureLine(host: ImportHost, context: Pointer, argc: number, argv: Pointer): Pointer {
  if (argc < 1) return 0;
  const { memory, output } = host;
  const quickjs = host.quickjs();
  const address = quickjs.getString(context, quickjs.argumentAt(argv, 0));
  if (address === 0) return 0;
  const length = memory.textLength(address);
  host.charge(FUEL_PER_LINE + length);
  const level = LEVELS[memory.readText(address, 1).charCodeAt(0) - 48] ?? "log";
  const room = Math.min(length - 1, output.room);
  output.add(level, memory.readText(address + 1, Math.max(room, 0)), length - 1);
  quickjs.freeString(context, address);
  return 0;
}

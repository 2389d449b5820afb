import { type ComponentValue, Handle, Tagged } from "../../../../sandbox/component/types.ts";
import { wasiInterfaces } from "../../../../sandbox/component/wasi/mod.ts";
import {
  INPUT_STREAM,
  OUTPUT_STREAM,
  STDERR,
  STDIN,
  STDOUT,
} from "../../../../sandbox/component/wasi/resources.ts";
import { World, type WorldOptions, type WorldStart } from "../../../../sandbox/world/world.ts";

/** How a call ended that did not return. */
export class Ended extends Error {}

/** The granted interfaces with a world that has begun and an account of fuel. */
export class Wasi {
  readonly world: World;
  readonly #interfaces;
  /** Fuel that was charged. */
  fuel = 0;
  /** Where charging ends the call. */
  budget = Infinity;

  constructor(start: Partial<WorldStart> = {}, options: Partial<WorldOptions> = {}) {
    this.world = new World({ outputBytes: 1024 * 1024, ...options });
    this.#interfaces = wasiInterfaces(this.world, {
      spend: (units) => {
        this.fuel += units;
        if (this.fuel > this.budget) throw new Ended("fuel");
      },
      stopForMemory: () => {
        throw new Ended("memory");
      },
      exit: (code) => {
        throw new Ended(`exit ${code}`);
      },
    });
    this.begin(start);
  }

  begin(start: Partial<WorldStart> = {}): void {
    this.fuel = 0;
    this.world.begin({ fuelBefore: 0, ...start });
  }

  /** Calls `streams [method]input-stream.read`, say; the interface's name without `wasi:`. */
  call(interfaceName: string, name: string, ...args: ComponentValue[]): ComponentValue | undefined {
    const found = this.#interfaces.get(`wasi:${interfaceName}`)?.functions.get(name);
    if (found === undefined) throw new Error(`${interfaceName} has no ${name}`);
    return found.call(...args);
  }

  /** A method of standard input. */
  input(method: string, ...args: ComponentValue[]): ComponentValue | undefined {
    return this.call("io/streams", `[method]input-stream.${method}`, stdin, ...args);
  }

  /** A method of standard output. */
  output(method: string, ...args: ComponentValue[]): ComponentValue | undefined {
    return this.call("io/streams", `[method]output-stream.${method}`, stdout, ...args);
  }

  /** Captured output after the end of the call, as text a line. */
  lines(): string[] {
    this.world.end();
    return this.world.output.take().map(({ text }) => text);
  }

  /** A pollable of the monotonic clock. */
  after(nanoseconds: bigint): Handle {
    return handleOf(this.call("clocks/monotonic-clock", "subscribe-duration", nanoseconds));
  }

  now(): bigint {
    const now = this.call("clocks/monotonic-clock", "now");
    if (typeof now !== "bigint") throw new Error("no time");
    return now;
  }
}

/** The handle that a call must have given. */
export function handleOf(value: ComponentValue | undefined): Handle {
  if (value instanceof Handle) return value;
  throw new Error(`${value} is no handle`);
}

/** What `get-stdin` gives. */
export const stdin = new Handle(INPUT_STREAM, STDIN);
/** What `get-stdout` gives. */
export const stdout = new Handle(OUTPUT_STREAM, STDOUT);
/** What `get-stderr` gives. */
export const stderr = new Handle(OUTPUT_STREAM, STDERR);

/** `ok` of a result. */
export function ok(value?: ComponentValue): Tagged {
  return new Tagged("ok", value);
}

/** What a stream gives at its end. */
export const closed = new Tagged("err", new Tagged("closed"));

/** Text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

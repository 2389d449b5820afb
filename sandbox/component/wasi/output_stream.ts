import type { ByteSink } from "../../world/byte_sink.ts";
import { fuelForLines, fuelToWrite } from "../../world/prices.ts";
import type { HostFunction } from "../host.ts";
import { ComponentTrap } from "../errors.ts";
import { type ComponentValue, Handle } from "../types.ts";
import { takeInput } from "./input_stream.ts";
import type { WasiContext } from "./interface.ts";
import { ALWAYS, INPUT_STREAM, OUTPUT_STREAM, POLLABLE, STDERR } from "./resources.ts";
import { borrow, list, method, own, result, u64, u8 } from "./signatures.ts";
import { streamError } from "./stream_error.ts";
import { bigintOf, bytesOf, ok, representationOf } from "./values.ts";

/** Bytes that may be written at once: what `check-write` always permits. */
const PERMIT = 65_536;

/** Bytes that the functions which wait for the flush take at once, by WASI. */
const MOST_FLUSHED = 4096;

const ZEROES = new Uint8Array(PERMIT);

/** The methods of `output-stream`. What is written is taken at once: nothing is ever left to flush. */
export function outputStreamFunctions(context: WasiContext): Record<string, HostFunction> {
  return {
    "[method]output-stream.check-write": {
      type: method(OUTPUT_STREAM, {}, result(u64, streamError)),
      call: () => ok(BigInt(PERMIT)),
    },
    "[method]output-stream.write": writing(context, PERMIT),
    "[method]output-stream.blocking-write-and-flush": writing(context, MOST_FLUSHED),
    "[method]output-stream.flush": FLUSH,
    "[method]output-stream.blocking-flush": FLUSH,
    "[method]output-stream.subscribe": {
      type: method(OUTPUT_STREAM, {}, own(POLLABLE)),
      call: () => new Handle(POLLABLE, ALWAYS),
    },
    "[method]output-stream.write-zeroes": writingZeroes(context, PERMIT),
    "[method]output-stream.blocking-write-zeroes-and-flush": writingZeroes(context, MOST_FLUSHED),
    "[method]output-stream.splice": splicing(context),
    "[method]output-stream.blocking-splice": splicing(context),
  };
}

const FLUSH: HostFunction = {
  type: method(OUTPUT_STREAM, {}, result(null, streamError)),
  call: () => ok(),
};

function writing(context: WasiContext, most: number): HostFunction {
  return {
    type: method(OUTPUT_STREAM, { contents: list(u8) }, result(null, streamError)),
    call: (self, contents) => {
      const bytes = bytesOf(contents);
      checkLength(bytes.length, most);
      write(context, self, bytes);
      return ok();
    },
  };
}

function writingZeroes(context: WasiContext, most: number): HostFunction {
  return {
    type: method(OUTPUT_STREAM, { len: u64 }, result(null, streamError)),
    call: (self, length) => {
      checkLength(bigintOf(length), most);
      write(context, self, ZEROES.subarray(0, Number(bigintOf(length))));
      return ok();
    },
  };
}

function splicing(context: WasiContext): HostFunction {
  return {
    type: method(
      OUTPUT_STREAM,
      { src: borrow(INPUT_STREAM), len: u64 },
      result(u64, streamError),
    ),
    call: (self, _source, length) => {
      const wanted = bigintOf(length);
      return takeInput(context, wanted < PERMIT ? wanted : BigInt(PERMIT), (bytes) => {
        write(context, self, bytes);
        return ok(BigInt(bytes.length));
      });
    },
  };
}

function checkLength(length: number | bigint, most: number): void {
  if (length <= most) return;
  throw new ComponentTrap(`cannot write ${length} bytes at once as at most ${most} are permitted`);
}

function write(
  { world, host }: WasiContext,
  self: ComponentValue | undefined,
  bytes: Uint8Array,
): void {
  host.spend(fuelToWrite(bytes.length));
  host.spend(fuelForLines(bytes));
  const sink: ByteSink = representationOf(self) === STDERR ? world.stderr : world.stdout;
  sink.write(bytes);
}

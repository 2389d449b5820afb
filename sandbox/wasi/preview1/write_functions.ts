import type { ByteSink } from "../../world/byte_sink.ts";
import { fuelForLines, fuelToWrite } from "../../world/prices.ts";
import type { WasiContext } from "./context.ts";
import { demand, type Descriptor } from "./descriptors.ts";
import { fail } from "./errno.ts";
import { RIGHT } from "./rights.ts";
import type { WasiFunctions } from "./signatures.ts";
import { readVectors, type Vector } from "./vectors.ts";

/** Bytes that are written between two looks at the fuel. */
const CHUNK_BYTES = 65_536;

/** Writing to standard output and standard error. Files cannot be written: `EROFS`. */
export function writeFunctions(context: WasiContext): WasiFunctions {
  const { descriptors, memory } = context;
  return {
    fd_write: (number: number, vectors: number, count: number, result: number) => {
      const descriptor = descriptors.get(number);
      const sink = sinkOf(context, descriptor);
      demand(descriptor, RIGHT.write);
      memory.check(result, 4);
      let written = 0;
      for (const vector of readVectors(context, vectors, count)) {
        write(context, sink, vector);
        written += vector.length;
      }
      memory.writeU32(result, written);
    },
    fd_pwrite: (number: number) => {
      const { target: { kind } } = descriptors.get(number);
      if (kind === "directory") fail("isdir");
      fail(kind === "file" ? "rofs" : "spipe");
    },
  };
}

function sinkOf(
  { world, stderrTail }: WasiContext,
  { target }: Descriptor,
): Pick<ByteSink, "write"> {
  switch (target.kind) {
    case "stdout":
      return world.stdout;
    case "stderr":
      return {
        write: (bytes) => {
          stderrTail.write(bytes);
          world.stderr.write(bytes);
        },
      };
    case "file":
      return fail("rofs");
    case "directory":
      return fail("isdir");
    case "stdin":
      return fail("badf");
  }
}

function write(
  { host, memory }: WasiContext,
  sink: Pick<ByteSink, "write">,
  { address, length }: Vector,
): void {
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    const size = Math.min(CHUNK_BYTES, length - at);
    host.spend(fuelToWrite(size));
    const bytes = memory.bytes(address + at, size);
    host.spend(fuelForLines(bytes));
    sink.write(bytes);
  }
}

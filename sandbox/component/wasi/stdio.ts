import type { HostInterface } from "../host.ts";
import { Handle, type ResourceType } from "../types.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { INPUT_STREAM, OUTPUT_STREAM, STDERR, STDIN, STDOUT } from "./resources.ts";
import { func, own } from "./signatures.ts";

/** `wasi:cli/stdin`: the world's standard input. */
export function stdinInterface(context: WasiContext): HostInterface {
  return standardStream(context, "stdin", INPUT_STREAM, STDIN);
}

/** `wasi:cli/stdout`: the world's standard output. */
export function stdoutInterface(context: WasiContext): HostInterface {
  return standardStream(context, "stdout", OUTPUT_STREAM, STDOUT);
}

/** `wasi:cli/stderr`: the world's standard error. */
export function stderrInterface(context: WasiContext): HostInterface {
  return standardStream(context, "stderr", OUTPUT_STREAM, STDERR);
}

function standardStream(
  context: WasiContext,
  name: string,
  resource: ResourceType,
  stream: object,
): HostInterface {
  return defineInterface(context, `wasi:cli/${name}`, [resource], {
    [`get-${name}`]: { type: func({}, own(resource)), call: () => new Handle(resource, stream) },
  });
}

import type { HostFunction, HostInterface } from "../host.ts";
import { inputStreamFunctions } from "./input_stream.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { outputStreamFunctions } from "./output_stream.ts";
import { ERROR, INPUT_STREAM, OUTPUT_STREAM, POLLABLE } from "./resources.ts";

/** `wasi:io/streams`: standard input, output and error, as bytes. No operation on them ever fails or waits. */
export function streamsInterface(context: WasiContext): HostInterface {
  const resources = [INPUT_STREAM, OUTPUT_STREAM, ERROR, POLLABLE];
  const functions: Record<string, HostFunction> = {
    ...inputStreamFunctions(context),
    ...outputStreamFunctions(context),
  };
  return defineInterface(context, "wasi:io/streams", resources, functions);
}

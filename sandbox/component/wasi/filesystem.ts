import type { HostFunction, HostInterface } from "../host.ts";
import { ComponentTrap } from "../errors.ts";
import type { FunctionType } from "../types.ts";
import { DESCRIPTOR_METHODS } from "./descriptor.ts";
import { directoryEntry, errorCode } from "./filesystem_types.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import {
  DESCRIPTOR,
  DIRECTORY_ENTRY_STREAM,
  ERROR,
  INPUT_STREAM,
  OUTPUT_STREAM,
} from "./resources.ts";
import { borrow, func, list, method, option, own, result, string, tuple } from "./signatures.ts";

/** `wasi:filesystem/preopens`: no directory at all. */
export function preopensInterface(context: WasiContext): HostInterface {
  return defineInterface(context, "wasi:filesystem/preopens", [DESCRIPTOR], {
    "get-directories": {
      type: func({}, list(tuple(own(DESCRIPTOR), string))),
      call: () => [],
    },
  });
}

/**
 * `wasi:filesystem/types`: all of it is declared, as toolchains import what they never use, and none of it
 * can be reached: the first descriptor would have to come from `wasi:filesystem/preopens`.
 */
export function filesystemTypesInterface(context: WasiContext): HostInterface {
  const descriptorMethods = Object.entries(DESCRIPTOR_METHODS)
    .map(([name, type]) => [`[method]descriptor.${name}`, absent(type)]);
  const resources = [DESCRIPTOR, DIRECTORY_ENTRY_STREAM, INPUT_STREAM, OUTPUT_STREAM, ERROR];
  return defineInterface(context, "wasi:filesystem/types", resources, {
    ...Object.fromEntries(descriptorMethods),
    "[method]directory-entry-stream.read-directory-entry": absent(
      method(DIRECTORY_ENTRY_STREAM, {}, result(option(directoryEntry), errorCode)),
    ),
    "filesystem-error-code": absent(func({ err: borrow(ERROR) }, option(errorCode))),
  });
}

function absent(type: FunctionType): HostFunction {
  return {
    type,
    call: () => {
      throw new ComponentTrap("there is no file system");
    },
  };
}

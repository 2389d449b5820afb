import type { HostInterface } from "../host.ts";
import { ComponentTrap } from "../errors.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { ERROR } from "./resources.ts";
import { method, string } from "./signatures.ts";

/** `wasi:io/error`: no stream ever fails, so there is no error to ask about. */
export function errorInterface(context: WasiContext): HostInterface {
  return defineInterface(context, "wasi:io/error", [ERROR], {
    "[method]error.to-debug-string": {
      type: method(ERROR, {}, string),
      call: () => {
        throw new ComponentTrap("there is no error to describe");
      },
    },
  });
}

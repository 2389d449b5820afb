import type { HostInterface } from "../host.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { func, result, u8 } from "./signatures.ts";
import { numberOf, taggedOf } from "./values.ts";

/** `wasi:cli/exit`: ends the call. */
export function exitInterface(context: WasiContext): HostInterface {
  const { host } = context;
  return defineInterface(context, "wasi:cli/exit", [], {
    "exit": {
      type: func({ status: result() }),
      call: (status) => host.exit(taggedOf(status).tag === "ok" ? 0 : 1),
    },
    // Stable since 0.2.12; unstable before, with the same type.
    "exit-with-code": {
      type: func({ "status-code": u8 }),
      call: (code) => host.exit(numberOf(code)),
    },
  });
}

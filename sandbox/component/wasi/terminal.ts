import type { HostInterface } from "../host.ts";
import type { ResourceType } from "../types.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { TERMINAL_INPUT, TERMINAL_OUTPUT } from "./resources.ts";
import { func, option, own } from "./signatures.ts";
import { NONE } from "./values.ts";

/** The five `wasi:cli/terminal-*`: no stream is a terminal. */
export function terminalInterfaces(context: WasiContext): HostInterface[] {
  return [
    defineInterface(context, "wasi:cli/terminal-input", [TERMINAL_INPUT], {}),
    defineInterface(context, "wasi:cli/terminal-output", [TERMINAL_OUTPUT], {}),
    noTerminal(context, "terminal-stdin", TERMINAL_INPUT),
    noTerminal(context, "terminal-stdout", TERMINAL_OUTPUT),
    noTerminal(context, "terminal-stderr", TERMINAL_OUTPUT),
  ];
}

function noTerminal(context: WasiContext, name: string, resource: ResourceType): HostInterface {
  return defineInterface(context, `wasi:cli/${name}`, [resource], {
    [`get-${name}`]: { type: func({}, option(own(resource))), call: () => NONE },
  });
}

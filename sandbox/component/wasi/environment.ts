import { fuelToCopy } from "../../world/prices.ts";
import type { HostInterface } from "../host.ts";
import { defineInterface, type WasiContext } from "./interface.ts";
import { func, list, option, string, tuple } from "./signatures.ts";
import { NONE } from "./values.ts";

/** What each argument costs, besides its text. */
const FUEL_PER_ARGUMENT = 200;

/** `wasi:cli/environment`: the world's arguments, no variables, no working directory. */
export function environmentInterface(context: WasiContext): HostInterface {
  const { args } = context.world;
  const price = args.reduce((sum, { length }) => sum + FUEL_PER_ARGUMENT + fuelToCopy(length), 0);
  return defineInterface(context, "wasi:cli/environment", [], {
    "get-environment": { type: func({}, list(tuple(string, string))), call: () => [] },
    "get-arguments": {
      type: func({}, list(string)),
      call: () => {
        context.host.spend(price);
        return [...args];
      },
    },
    "initial-cwd": { type: func({}, option(string)), call: () => NONE },
  });
}

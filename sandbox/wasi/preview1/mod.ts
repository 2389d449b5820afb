/** WASI preview 1 over a world in which there is little. */
import { argumentFunctions } from "./argument_functions.ts";
import { clockFunctions } from "./clock_functions.ts";
import type { WasiContext } from "./context.ts";
import { descriptorFunctions } from "./descriptor_functions.ts";
import { directoryFunctions } from "./directory_functions.ts";
import { ERRNO, WasiError } from "./errno.ts";
import { fileFunctions } from "./file_functions.ts";
import { pathFunctions } from "./path_functions.ts";
import { pollFunctions } from "./poll_functions.ts";
import { FUEL_PER_CALL, FUEL_PER_ERROR } from "./prices.ts";
import { processFunctions } from "./process_functions.ts";
import { randomFunctions } from "./random_functions.ts";
import { readFunctions } from "./read_functions.ts";
import type { WasiFunction, WasiFunctions } from "./signatures.ts";
import { socketFunctions } from "./socket_functions.ts";
import { writeFunctions } from "./write_functions.ts";

/**
 * All functions of WASI preview 1, by their names. What a guest gives them is checked: it gets an error number,
 * or its run ends. Each call costs fuel, and so does each byte.
 */
export function preview1Imports(context: WasiContext): WebAssembly.ModuleImports {
  const functions: WasiFunctions = {
    ...argumentFunctions(context),
    ...clockFunctions(context),
    ...descriptorFunctions(context),
    ...directoryFunctions(context),
    ...fileFunctions(context),
    ...pathFunctions(context),
    ...pollFunctions(context),
    ...processFunctions(context),
    ...randomFunctions(context),
    ...readFunctions(context),
    ...socketFunctions(context),
    ...writeFunctions(context),
  };
  return Object.fromEntries(
    Object.entries(functions).map(([name, body]) => [name, imported(context, name, body)]),
  );
}

type Argument = number | bigint;

/** A function as the guest calls it: charged, its arguments unsigned, errors as numbers. */
function imported(
  { host, failed }: WasiContext,
  name: string,
  body: WasiFunction,
): (...args: Argument[]) => number {
  const call = body as (...args: Argument[]) => void;
  return (...args) => {
    host.spend(FUEL_PER_CALL);
    try {
      call(...args.map(unsigned));
      return ERRNO.success;
    } catch (error) {
      if (!(error instanceof WasiError)) throw error;
      host.spend(FUEL_PER_ERROR);
      failed.add(name);
      return error.errno;
    }
  };
}

function unsigned(value: Argument): Argument {
  return typeof value === "bigint" ? BigInt.asUintN(64, value) : value >>> 0;
}

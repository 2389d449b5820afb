import { WasmFormatError } from "../../wasm/mod.ts";
import { ComponentFormatError } from "../component/errors.ts";
import { withoutStart } from "../format_reason.ts";

/** Whether an error says that a file cannot be read, or uses what is refused. */
export function isFormatError(error: unknown): error is WasmFormatError | ComponentFormatError {
  return error instanceof WasmFormatError || error instanceof ComponentFormatError;
}

/** Why a file is refused for what it uses, as the end of a sentence about it. */
export function unsupportedRefusal(error: WasmFormatError | ComponentFormatError): string {
  return `uses what Cupel does not run: ${withoutStart(error.message)}`;
}

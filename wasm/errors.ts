/** Why a module was refused: it is not WebAssembly as specified, or uses what Cupel does not take. */
export type WasmErrorCode = "malformed" | "unsupported";

/**
 * A module that cannot be read or may not be rewritten.
 *
 * `feature` names what was met; `offset` is the position in the file, in bytes.
 */
export class WasmFormatError extends Error {
  override readonly name = "WasmFormatError";
  readonly code: WasmErrorCode;
  readonly offset: number;

  constructor(code: WasmErrorCode, message: string, offset: number) {
    super(`${message} (at byte offset 0x${offset.toString(16)})`);
    this.code = code;
    this.offset = offset;
  }
}

/** The module is not well-formed. */
export function malformed(message: string, offset: number): WasmFormatError {
  return new WasmFormatError("malformed", `Cannot read the module: ${message}`, offset);
}

/** The module uses a feature that is refused rather than rewritten wrongly. */
export function unsupported(feature: string, offset: number): WasmFormatError {
  return new WasmFormatError("unsupported", `Cannot meter the module: ${feature}`, offset);
}

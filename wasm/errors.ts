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
  /** What was met, apart from what it kept from being done. */
  readonly reason: string;

  constructor(code: WasmErrorCode, verb: "read" | "meter", reason: string, offset: number) {
    super(`Cannot ${verb} the module: ${reason} (at byte offset 0x${offset.toString(16)})`);
    this.code = code;
    this.offset = offset;
    this.reason = reason;
  }
}

/** The module is not well-formed. */
export function malformed(message: string, offset: number): WasmFormatError {
  return new WasmFormatError("malformed", "read", message, offset);
}

/** The module uses a feature that is refused rather than rewritten wrongly. */
export function unsupported(feature: string, offset: number): WasmFormatError {
  return new WasmFormatError("unsupported", "meter", feature, offset);
}

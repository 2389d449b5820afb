/** The closed set of error codes that Cupel's own code throws with. */
export type ErrorCode =
  /** Something the user gave is wrong: a file, a field, a flag. Exit code 3. */
  | "bad-input"
  /** The run was cancelled from outside. */
  | "cancelled"
  /** Cupel itself is at fault. */
  | "internal";

/**
 * An error for a person to read: it names the file, field or flag, what was wrong and what is accepted.
 *
 * What a sandbox does to untrusted code is never an error but an `Outcome`.
 */
export class CupelError extends Error {
  override readonly name = "CupelError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a run throws that was cancelled. */
export function cancelled(): CupelError {
  return new CupelError("cancelled", "The run was cancelled.");
}

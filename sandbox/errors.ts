/** The closed set of codes that the sandbox's own code throws with. */
export type SandboxErrorCode =
  /** The user's source cannot be made into an artifact: a file, an import, the syntax. */
  | "bad-source"
  /** A worker could not be started, or died where no call can be blamed. */
  | "worker"
  /** The pool was closed while the job was waiting or running. */
  | "closed";

/**
 * Misuse of the sandbox, or a fault of its own machinery, for a person to read.
 *
 * What untrusted code does inside of an isolate is never an error but an `Outcome`.
 */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly code: SandboxErrorCode;

  constructor(code: SandboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

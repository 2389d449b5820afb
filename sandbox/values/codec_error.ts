/**
 * A value or a text that cannot cross the boundary of an isolate.
 *
 * `path` names the part at fault from the root `$`: `$.items[3].when`. Parts of a map are
 * `.entries[i][0]` (key) and `.entries[i][1]` (value), elements of a set `.values[i]`.
 */
export class CodecError extends Error {
  override readonly name = "CodecError";
  /** What is wrong, without the path. */
  readonly reason: string;
  #segments = "";

  constructor(reason: string) {
    super("Cannot copy the value at $: " + reason);
    this.reason = reason;
  }

  get path(): string {
    return "$" + this.#segments;
  }

  /**
   * Adds the step that leads to the part at fault, if `error` is a `CodecError`, and gives it back.
   *
   * Called while the error passes through the containers, innermost first, so that the path costs
   * nothing when there is no error.
   */
  static within(error: unknown, step: string): unknown {
    if (CodecError.is(error)) {
      error.#segments = step + error.#segments;
      error.message = "Cannot copy the value at " + error.path + ": " + error.reason;
    }
    return error;
  }

  /** Like `instanceof`, but cannot be answered by `Symbol.hasInstance` of a guest. */
  static is(error: unknown): error is CodecError {
    return typeof error === "object" && error !== null && #segments in error;
  }
}

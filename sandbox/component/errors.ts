import { cut } from "../cut.ts";

/** Why a component was refused: it is not as specified, or uses what Cupel does not take. */
export type ComponentFormatCode = "malformed" | "unsupported";

/**
 * A component that cannot be read, or that uses what this runtime refuses rather than do wrongly.
 *
 * The message names the feature; `offset` is the position in the file, in bytes.
 */
export class ComponentFormatError extends Error {
  override readonly name = "ComponentFormatError";
  readonly code: ComponentFormatCode;
  readonly offset: number;

  constructor(code: ComponentFormatCode, reason: string, offset: number, options?: ErrorOptions) {
    const verb = code === "malformed" ? "read" : "take";
    super(
      `Cannot ${verb} the component: ${printable(reason)} (at byte offset 0x${
        offset.toString(16)
      })`,
      options,
    );
    this.code = code;
    this.offset = offset;
  }
}

/** The component is not well-formed or not valid. */
export function malformed(reason: string, offset: number): ComponentFormatError {
  return new ComponentFormatError("malformed", reason, offset);
}

/** The component uses a feature that is refused. */
export function unsupported(feature: string, offset: number): ComponentFormatError {
  return new ComponentFormatError("unsupported", feature, offset);
}

/** A component that is well-formed but asks for what it is not given. Nothing of it has run. */
export class ComponentLoadError extends Error {
  override readonly name = "ComponentLoadError";
  /** What is wrong, one sentence each. */
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[], options?: ErrorOptions) {
    const shown = reasons.map(printable);
    super(`Cannot load the component: it ${shortList(shown)}`, options);
    this.reasons = shown;
  }
}

/** Most characters of one reason: it may hold names, which are the component's choice. */
const MOST_CHARACTERS = 500;

/** Characters that would make a terminal do or show something else than the text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function printable(reason: string): string {
  return cut(reason, MOST_CHARACTERS).replace(
    UNPRINTABLE,
    (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
  );
}

/** Most reasons that a message spells out. */
const MOST_REASONS = 20;

function shortList(reasons: readonly string[]): string {
  const shown = reasons.slice(0, MOST_REASONS).join("; ");
  const more = reasons.length - MOST_REASONS;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

/** The component broke a rule of the canonical ABI: it is ended as if it had executed `unreachable`. */
export class ComponentTrap extends Error {
  override readonly name = "ComponentTrap";
}

/** The values that a component handed out at once would take more of the host's memory than is granted. */
export class LiftLimitError extends Error {
  override readonly name = "LiftLimitError";
  /** The limit, in bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`Cannot take the component's values: they would need more than ${limit} bytes`);
    this.limit = limit;
  }
}

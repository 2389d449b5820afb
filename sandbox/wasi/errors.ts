/** A core module that is well-formed, and asks for what it is not given. Nothing of it has run. */
export class CoreLoadError extends Error {
  override readonly name = "CoreLoadError";
  /** What is wrong, one sentence each, without a subject. */
  readonly reasons: readonly string[];

  /** @param options may have a `hint`, which follows the reasons and is none of them. */
  constructor(
    reasons: readonly string[],
    { hint, ...options }: ErrorOptions & { hint?: string | undefined } = {},
  ) {
    const advice = hint === undefined ? "" : ` (${hint})`;
    super(`Cannot load the module: it ${shortList(reasons)}${advice}`, options);
    this.reasons = reasons;
  }
}

/** Most reasons that a message spells out. */
const MOST_REASONS = 20;

function shortList(reasons: readonly string[]): string {
  const shown = reasons.slice(0, MOST_REASONS).join("; ");
  const more = reasons.length - MOST_REASONS;
  return more > 0 ? `${shown}; and ${more} more` : shown;
}

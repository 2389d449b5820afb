import { cut } from "./cut.ts";

/** Names that a message lists. */
const MOST_LISTED = 12;

/** Most characters of a name that are shown. */
const MOST_CHARACTERS = 100;

/** A list of names for a message, of a size that is bounded: they may be the choice of untrusted code. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).map(shortName).join(", ");
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown;
}

/** A name for a message, cut where it is long. */
export function shortName(name: string): string {
  return cut(name, MOST_CHARACTERS);
}

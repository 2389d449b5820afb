const QUOTE = 34;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * Whether brackets in a JSON text stand more than `limit` deep. Those in strings do not count.
 *
 * Hostile text is measured before it is parsed, as engines recurse while parsing and whoever receives
 * the value may recurse as well.
 */
export function isNestedDeeper(text: string, limit: number): boolean {
  // Each level takes a character: most texts need no look at all.
  if (text.length <= limit) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (quoted) {
      if (unit === BACKSLASH) index++;
      else if (unit === QUOTE) quoted = false;
    } else if (unit === QUOTE) quoted = true;
    else if (unit === OPEN_BRACKET || unit === OPEN_BRACE) {
      if (++depth > limit) return true;
    } else if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) depth--;
  }
  return false;
}

/**
 * What could drive or deceive a terminal: control characters (C0, C1, DEL), invisible formatting
 * ones (bidirectional overrides, zero-width characters), line and paragraph separators, and halves of
 * surrogate pairs. See Unicode TR 36 on security.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES = new Map([
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);

/** Text from a guest on one line, safe to print: what is unsafe becomes a JavaScript escape. */
export function escapeLine(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT_ESCAPES.get(character) ?? unicode(character));
}

/** Text from a guest that may have several lines, safe to print: line feeds and tabs stay. */
export function escapeLines(text: string): string {
  const keep = (character: string) => character === "\n" || character === "\t";
  return text.replace(/\r\n/g, "\n")
    .replace(UNSAFE, (character) => keep(character) ? character : escapeLine(character));
}

/**
 * JSON text, safe to print: the unsafe characters that `JSON.stringify` leaves inside of strings
 * become `\u` escapes, so that the text stays JSON with the same meaning. Line feeds stay, as they are
 * its layout.
 */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => character === "\n" ? character : utf16(character));
}

function unicode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? utf16(character) : `\\u{${code.toString(16)}}`;
}

function utf16(character: string): string {
  let escaped = "";
  for (let index = 0; index < character.length; index++) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}

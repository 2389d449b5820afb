const FIRST_WORD = /^(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)$/;
const WORD = /^(?:[a-z0-9]+|[A-Z0-9]+)$/;

/**
 * Whether a name is a label: words in lower or upper case, joined by hyphens.
 *
 * Words are looked at one by one: one pattern for all of them could read a word of digits in two ways, and
 * would try every combination.
 */
export function isLabel(name: string): boolean {
  const [first = "", ...words] = name.split("-");
  return FIRST_WORD.test(first) && words.every((word) => WORD.test(word));
}

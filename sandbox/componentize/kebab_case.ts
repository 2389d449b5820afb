/** A name in camel case or with underscores. */
const OTHER_STYLE = /\b[A-Za-z][a-z0-9]*(?:_?[A-Z][a-z0-9]*|_[a-z0-9]+)+\b/;

/**
 * What to tell where WIT has a name in another style than its own, as the end of a message; "" where it has not.
 *
 * @param complaint What wasm-tools says.
 * @param line The line of the text that it is about.
 */
export function kebabCaseAdvice(complaint: string, line: string): string {
  if (!/^(invalid|unexpected) character/.test(complaint)) return "";
  const [name] = OTHER_STYLE.exec(line) ?? [];
  if (name === undefined) return "";
  const kebab = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
  return `; names in WIT are in kebab case: ${kebab}`;
}

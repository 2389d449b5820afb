/** A message about a module or component without what the one that it becomes part of says already. */
export function withoutStart(message: string): string {
  return message
    .replace(/^Cannot \w+ the (?:component|module): /, "")
    // A file that was not copied in full is the likeliest of all that are malformed.
    .replace(/^unexpected end(?= |$)/, "it ends too early, as if cut off");
}

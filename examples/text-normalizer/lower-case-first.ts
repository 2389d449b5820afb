/** Wrong: a black-letter H has no lower case, and becomes an ordinary H only after it. */
export function normalize(text: string): string {
  return text.toLowerCase().normalize("NFKC").trim().split(/\s+/).join(" ");
}

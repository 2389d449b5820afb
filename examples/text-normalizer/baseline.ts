/** Normalisation form KC, lower case, single spaces between words and none around them. */
export function normalize(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim().split(/\s+/).join(" ");
}
